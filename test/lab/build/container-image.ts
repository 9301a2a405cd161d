import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../host/run.ts";

/** The names under which nodes know the one image there is; no registry can be reached from a lab. */
export const imageNames = ["docker.io/lab/pause:1", "docker.io/lab/sleep:1"];

/** Makes an OCI archive of one static program, by hand: a layer, a config, a manifest, and an index with its names. */
export async function makeContainerImage(program: string, target: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "lab-image-"));
  try {
    const layer = await makeLayer(program, work);
    const layout = join(work, "layout");
    mkdirSync(join(layout, "blobs", "sha256"), { recursive: true });
    writeLayout(layout, layer);
    await tar(target, layout, ["oci-layout", "index.json", "blobs"]);
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function makeLayer(program: string, work: string): Promise<Buffer> {
  const tree = join(work, "tree");
  mkdirSync(tree);
  copyFileSync(program, join(tree, "pause"));
  await tar(join(work, "layer.tar"), tree, ["pause"]);
  return readFileSync(join(work, "layer.tar"));
}

/** The same bytes each time, so that the image's digest stays. */
function tar(target: string, folder: string, names: readonly string[]): Promise<string> {
  const same = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=a+rX,u+w"];
  return run(["tar", "-cf", target, ...same, "-C", folder, ...names]);
}

function writeLayout(layout: string, layer: Buffer): void {
  const blob = (mediaType: string, bytes: Buffer): { mediaType: string; digest: string; size: number } => {
    const hex = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(join(layout, "blobs", "sha256", hex), bytes);
    return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
  };
  const oci = (kind: string): string => `application/vnd.oci.image.${kind}`;
  const json = (body: object): Buffer => Buffer.from(JSON.stringify(body));
  const layers = [blob(oci("layer.v1.tar"), layer)];
  const rootfs = { type: "layers", diff_ids: layers.map(({ digest }) => digest) };
  const platform = { architecture: process.arch === "arm64" ? "arm64" : "amd64", os: "linux" };
  const config = blob(oci("config.v1+json"), json({ ...platform, config: { Entrypoint: ["/pause"] }, rootfs }));
  const manifest = blob(
    oci("manifest.v1+json"),
    json({ schemaVersion: 2, mediaType: oci("manifest.v1+json"), config, layers }),
  );
  const manifests = imageNames.map((name) => ({
    ...manifest,
    platform,
    annotations: { "io.containerd.image.name": name, "org.opencontainers.image.ref.name": name.replace(/.*:/, "") },
  }));
  writeFileSync(join(layout, "index.json"), json({ schemaVersion: 2, manifests }));
  writeFileSync(join(layout, "oci-layout"), json({ imageLayoutVersion: "1.0.0" }));
}
