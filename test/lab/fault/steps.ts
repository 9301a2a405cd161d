import { join } from "node:path";
import type { Fault, Step } from "../fault-schema.ts";
import { netnsFile } from "../host/network.ts";
import { attempt, type Ran, searchPath } from "../host/run.ts";
import { shellOn } from "../node/console.ts";
import { addressOf, requireSpec } from "../node/spec.ts";
import { etcDir, type Place, pkiDir, rootOf, varOf } from "../place.ts";
import { environmentOf } from "../up.ts";

/**
 * Breaks a node. What a young node has written is on its disk first: a file system that breaks loses what is not, and
 * the kubelet's own certificate would be gone with it, which is another fault.
 */
export async function breakNode(place: Place, node: string, { inject }: Fault): Promise<readonly string[]> {
  await attempt(["sync", "--file-system", varOf(place, node)]);
  return runSteps(place, node, inject);
}

/** Carries out the steps in order; what each left on standard error where it did not end well, for whoever looks. */
export async function runSteps(place: Place, node: string, steps: readonly Step[]): Promise<readonly string[]> {
  const complaints: string[] = [];
  for (const { on, run } of steps) {
    const ran = on === "node" ? await shellOn(place, node, run) : await onHost(place, node, run);
    // A step may well fail: one that powers the node off loses its own connection.
    if (ran.code !== 0) complaints.push(`${on}: exit ${ran.code}: ${ran.stderr.trim().slice(-300)}`);
  }
  return complaints;
}

/** Scripts come from this repository. They run in the lab's network: its bridge, its nodes' links, its API server. */
function onHost(place: Place, node: string, script: string): Promise<Ran> {
  const env = {
    ...environmentOf(place),
    BASH_ENV: "", // what a host does at the start of each shell is no part of a fault
    PATH: `${join(place.state, "bin")}:${searchPath}`,
    NODE: node,
    NODE_IP: addressOf(place, requireSpec(place, node)),
    LAB_ROOT: rootOf(place, node),
    LAB_VAR: varOf(place, node),
    LAB_PKI: pkiDir(place),
    LAB_STATE: place.state,
    LAB_ETC: etcDir(place),
  };
  return attempt(["nsenter", `--net=${netnsFile(place)}`, "--", "bash", "-c", script], { env, timeoutMs: 240_000 });
}
