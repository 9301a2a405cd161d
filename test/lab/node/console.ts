import { readFileSync } from "node:fs";
import { childFolders } from "../host/cgroups.ts";
import { joinAndBecome, lives, pidFile } from "../host/daemons.ts";
import { attempt, type Ran } from "../host/run.ts";
import type { Place } from "../place.ts";
import { groupOf, requireSpec } from "./spec.ts";
import { sshTo } from "./ssh.ts";

/** ssh(1) where no connection was made, so that nothing can have run. */
const noWayIn = /Connection refused|Connection timed out|No route to host|Connection closed by .* port 22|kex_exchange/;

/** Runs root's shell on a node: over SSH as people do, and at the console where nobody can log in. */
export async function shellOn(place: Place, node: string, script: string, timeoutMs = 240_000): Promise<Ran> {
  if (requireSpec(place, node).kind === "api-only") return consoleOn(place, node, script, timeoutMs);
  const ran = await sshTo(place, node, script, timeoutMs);
  return ran.code === 255 && noWayIn.test(ran.stderr) ? consoleOn(place, node, script, timeoutMs) : ran;
}

/** In the node's namespaces and groups, whatever its network and sshd do. */
async function consoleOn(place: Place, node: string, script: string, timeoutMs: number): Promise<Ran> {
  const leader = leaderOf(place, node);
  if (leader === null) return { code: 255, stdout: "", stderr: `${node} is off` };
  const inside = ["nsenter", "--target", leader, "--all", "--", "/bin/sh", "-c", script];
  const groups = childFolders(place, groupOf(node));
  return attempt(["sh", "-c", joinAndBecome, "sh", ...groups, "--", ...inside], { timeoutMs });
}

/** The machine's first process is the only child of its systemd-nspawn; null: it is off. */
function leaderOf(place: Place, node: string): string | null {
  if (!lives(place, groupOf(node), groupOf(node))) return null;
  const nspawn = readFileSync(pidFile(place, groupOf(node)), "utf8");
  return readFileSync(`/proc/${nspawn}/task/${nspawn}/children`, "utf8").trim().split(" ")[0] || null;
}
