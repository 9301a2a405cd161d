import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../host/run.ts";
import { binDir, imageDir, type Place } from "../place.ts";
import { makeContainerImage } from "./container-image.ts";
import type { NodeImage } from "./images.ts";

/** Counts up when what follows makes other images than before. */
const recipe = 1;

/** The size of a node's /var. The file is sparse: only what is written takes space on the host. */
const varSize = "1500M";

export const treeOf = (place: Place, image: string): string => join(imageDir(place, image), "tree");
export const varTemplate = (place: Place, image: string): string => join(imageDir(place, image), "var.img");

/** Makes a node's root tree and the file system of its /var, unless the cache has them; about a minute. */
export async function buildNodeImage(place: Place, image: NodeImage, say: (line: string) => void): Promise<void> {
  const done = join(imageDir(place, image.id), "done");
  const key = createHash("sha256").update(JSON.stringify({ recipe, image, varSize })).digest("hex");
  if (existsSync(done) && readFileSync(done, "utf8") === key) return;
  say(`making the node image ${image.id}`);
  rmSync(imageDir(place, image.id), { recursive: true, force: true });
  const partial = `${imageDir(place, image.id)}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const tree = join(partial, "tree");
  await run(["debootstrap", "--variant=minbase", `--include=${image.packages.join()}`, image.suite, tree]);
  await finishTree(place, tree);
  await importContainerImage(tree);
  // ext4 without a journal is made and filled in a moment; what a fault needs of it (errors=, inodes) it has.
  await run(["truncate", "-s", varSize, join(partial, "var.img")]);
  await run(["mkfs.ext4", "-q", "-O", "^has_journal", "-d", join(tree, "var"), join(partial, "var.img")]);
  writeFileSync(join(partial, "done"), key);
  renameSync(partial, imageDir(place, image.id));
}

async function finishTree(place: Place, tree: string): Promise<void> {
  for (const folder of ["var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale"])
    rmSync(join(tree, folder), { recursive: true, force: true });
  for (const program of ["kubelet", "crictl"]) {
    cpSync(join(binDir(place), program), join(tree, "usr/bin", program));
  }
  const crictl = "runtime-endpoint: unix:///run/containerd/containerd.sock\ntimeout: 10\n";
  writeFileSync(join(tree, "etc/crictl.yaml"), crictl);
  // Debian's CNI plugins are in /usr/lib/cni, and most installers look in /opt/cni/bin.
  mkdirSync(join(tree, "opt/cni"), { recursive: true });
  await run(["ln", "-s", "/usr/lib/cni", join(tree, "opt/cni/bin")]);
  mkdirSync(join(tree, "opt/lab"));
  await makeContainerImage(join(binDir(place), "pause"), join(tree, "opt/lab/pause.tar"));
  await run(["useradd", "--root", tree, "--create-home", "--shell", "/bin/bash", "reader"]);
  await run(["useradd", "--root", tree, "--create-home", "--shell", "/bin/bash", "fixer"]);
  await run(["systemctl", "--root", tree, "--quiet", "enable", "ssh", "containerd", "systemd-networkd"]);
  // The clock is the host's: nothing on a node may want to set it.
  await run(["systemctl", "--root", tree, "--quiet", "mask", "systemd-timesyncd", "systemd-networkd-wait-online"]);
}

const importing = `
mount -t proc proc /proc; mount -t tmpfs tmpfs /run
containerd >/dev/null 2>&1 & pid=$!
for try in $(seq 100); do ctr version >/dev/null 2>&1 && break; sleep 0.1; done
ctr -n k8s.io images import --no-unpack /opt/lab/pause.tar
kill $pid; wait $pid || true
`;

/** containerd runs for a moment in the tree, in namespaces that end with it, so that nodes are born with the image. */
async function importContainerImage(tree: string): Promise<void> {
  const alone = ["unshare", "--mount", "--pid", "--fork", "--kill-child"];
  await run([...alone, "chroot", tree, "sh", "-ec", importing], { timeoutMs: 60_000 });
}
