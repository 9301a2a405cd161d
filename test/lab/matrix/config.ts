import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf, gateName, requireSpec } from "../node/spec.ts";
import { writeKnownHosts } from "../node/ssh.ts";
import { etcDir, type Place, pkiDir } from "../place.ts";

/** A node-why config for one node: how it is reached is the node's kind; waits are short, since the lab's clocks are. */
export function configFor(place: Place, node: string, folder: string): object {
  const { kind } = requireSpec(place, node);
  const configFile = join(folder, "ssh_config");
  writeFileSync(configFile, kind === "bastion" ? jumpConfig(place, node) : "");
  const knownHostsFile = writeKnownHosts(place, node, ...(kind === "bastion" ? [gateName] : []));
  const login = (user: string, key: string): object => ({
    user,
    identityFile: join(pkiDir(place), key),
    knownHostsFile,
    configFile,
    agent: false,
  });
  const cluster = {
    name: "lab",
    kubeconfig: join(etcDir(place), "admin.conf"),
    ssh: login(kind === "sudo-user" ? "reader" : "root", "id_ed25519"),
    acting: login("fixer", "acting_ed25519"),
    inventory: [{ name: node, address: addressOf(place, requireSpec(place, node)) }],
  };
  const limits = { notReadyPercent: 60, atOnce: 10 };
  const remediation = { mode: "confirm", readyWithin: "90s", hold: "3s", cooldown: "1s", limits };
  return { clusters: [cluster], store: { dir: join(folder, "store") }, remediation };
}

function jumpConfig(place: Place, node: string): string {
  const address = (name: string): string => addressOf(place, requireSpec(place, name));
  const gate = `Host ${gateName}\n  HostName ${address(gateName)}\n  User root\n`;
  return `Host ${node}\n  ProxyJump ${gateName}\n${gate}`;
}
