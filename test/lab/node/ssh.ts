import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { netnsFile } from "../host/network.ts";
import { attempt, type Ran } from "../host/run.ts";
import { nodeDir, type Place, pkiDir } from "../place.ts";
import { addressOf, requireSpec } from "./spec.ts";

/** The lab's own way into a node, as root from the lab's network namespace, where every node lets it in but `api-only`. */
export function sshArgv(place: Place, node: string): readonly string[] {
  const spec = requireSpec(place, node);
  const known = writeKnownHosts(place, node);
  const options = [
    "StrictHostKeyChecking=yes",
    `UserKnownHostsFile=${known}`,
    "LogLevel=ERROR",
    "ConnectTimeout=5",
    "ServerAliveInterval=10",
  ].flatMap((option) => ["-o", option]);
  const key = join(pkiDir(place), "id_ed25519");
  return [
    "nsenter",
    `--net=${netnsFile(place)}`,
    "--",
    "ssh",
    "-F",
    "none",
    "-i",
    key,
    ...options,
    `root@${addressOf(place, spec)}`,
  ];
}

export async function sshTo(place: Place, node: string, script: string, timeoutMs = 120_000): Promise<Ran> {
  return attempt([...sshArgv(place, node), script], { timeoutMs });
}

/** The file with the host key that the lab gave the node. */
export function writeKnownHosts(place: Place, ...nodes: readonly string[]): string {
  const lines = nodes.map((node) => {
    const [type, key] = readFileSync(join(nodeDir(place, node), "ssh_host_ed25519_key.pub"), "utf8").split(" ");
    return `${addressOf(place, requireSpec(place, node))} ${type} ${key}\n`;
  });
  const file = join(nodeDir(place, nodes[0] ?? ""), "known_hosts");
  writeFileSync(file, lines.join(""));
  return file;
}
