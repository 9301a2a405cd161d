import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { makeCert, makeSshKey } from "../cluster/pki.ts";
import { gateway, nodeDir, type Place, pkiDir, rootOf, varOf } from "../place.ts";
import { addressOf, allSpecs, gateName, type NodeSpec } from "./spec.ts";
import { actingSudoers, readingSudoers } from "./sudoers.ts";
import { cniConfig, containerdConfig, kubeconfig, kubeletConfig, kubeletUnit, network } from "./texts.ts";

/** Writes what makes a tree this one node: names, addresses, keys, and the configuration of its daemons. */
export async function writeTree(place: Place, spec: NodeSpec): Promise<void> {
  const write = writerFor(place, spec);
  const address = addressOf(place, spec);
  write("/etc/hostname", `${spec.name}\n`);
  write("/etc/machine-id", "");
  write("/etc/hosts", `127.0.0.1 localhost\n${address} ${spec.name}\n`);
  write("/etc/resolv.conf", `nameserver ${gateway(place)}\n`);
  write("/etc/systemd/network/10-host0.network", network(address, gateway(place)));
  await writeLogins(place, spec, write);
  if (spec.kind === "gate") rmSync(join(rootOf(place, spec.name), wants, "containerd.service"));
  else await writeKubelet(place, spec, write);
}

const wants = "etc/systemd/system/multi-user.target.wants";

type Write = (path: string, text: string, mode?: number, owner?: number) => void;

/** A node's /var is a file system of its own, so its files are written there. */
function writerFor(place: Place, { name }: NodeSpec): Write {
  return (path, text, mode = 0o644, owner = 0) => {
    const inVar = path.startsWith("/var/");
    const target = inVar ? join(varOf(place, name), path.slice("/var".length)) : join(rootOf(place, name), path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    chmodSync(target, mode);
    chownSync(target, owner, owner);
  };
}

async function writeKubelet(place: Place, spec: NodeSpec, write: Write): Promise<void> {
  const pki = (file: string): string => readFileSync(join(pkiDir(place), file), "utf8");
  await makeCert(place, `node-${spec.name}`, `/O=system:nodes/CN=system:node:${spec.name}`);
  const pem = pki(`node-${spec.name}.crt`) + pki(`node-${spec.name}.key`);
  write("/var/lib/kubelet/pki/kubelet-client-current.pem", pem, 0o600);
  write("/var/lib/kubelet/config.yaml", kubeletConfig);
  write("/etc/kubernetes/pki/ca.crt", pki("ca.crt"));
  write("/etc/kubernetes/manifests/.keep", "");
  write("/etc/kubernetes/kubelet.conf", kubeconfig(place), 0o600);
  write("/etc/systemd/system/kubelet.service", kubeletUnit(place, spec));
  symlinkSync("../kubelet.service", join(rootOf(place, spec.name), wants, "kubelet.service"));
  write("/etc/cni/net.d/10-lab.conflist", cniConfig(spec));
  write("/etc/containerd/config.toml", containerdConfig);
}

/** The readers' and the fixer's ways in, by the kind of the node. */
async function writeLogins(place: Place, spec: NodeSpec, write: Write): Promise<void> {
  const key = (name: string): string => readFileSync(join(pkiDir(place), `${name}.pub`), "utf8");
  const hostKey = join(nodeDir(place, spec.name), "ssh_host_ed25519_key");
  await makeSshKey(hostKey, spec.name);
  for (const ending of ["", ".pub"]) {
    const target = join(rootOf(place, spec.name), `etc/ssh/ssh_host_ed25519_key${ending}`);
    copyFileSync(hostKey + ending, target);
    chmodSync(target, ending === "" ? 0o600 : 0o644);
  }
  write("/root/.ssh/authorized_keys", key("id_ed25519"), 0o600);
  write("/home/reader/.ssh/authorized_keys", key("id_ed25519"), 0o600, 1000);
  write("/home/fixer/.ssh/authorized_keys", key("acting_ed25519"), 0o600, 1001);
  if (spec.kind === "sudo-user") write("/etc/sudoers.d/reader", await readingSudoers("reader"), 0o440);
  if (spec.kind === "api-only") rmSync(join(rootOf(place, spec.name), wants, "ssh.service"));
  write("/etc/sudoers.d/fixer", await actingSudoers("fixer"), 0o440);
  // sshd slows down and refuses when many log in at once, as the fault runner does.
  const sshd = ["HostKey /etc/ssh/ssh_host_ed25519_key", "MaxStartups 50:30:100", "UseDNS no"];
  if (spec.kind === "bastion") sshd.push(`Match Address *,!${gateAddress(place)},!${gateway(place)}`, "  DenyUsers *");
  write("/etc/ssh/sshd_config.d/lab.conf", `${sshd.join("\n")}\n`);
}

function gateAddress(place: Place): string {
  const gate = allSpecs(place).find(({ name }) => name === gateName);
  if (gate === undefined) throw new Error("the bastion host is made before the nodes behind it");
  return addressOf(place, gate);
}
