import { readFileSync } from "node:fs";
import type { EvidenceSet } from "../../../src/evidence/evidence.ts";
import type { Place } from "../place.ts";

/** Something of the host's that shows in what is read on a node, and what is written instead. */
export interface Trace {
  readonly pattern: RegExp;
  readonly by: string;
}

interface Host {
  /** /proc/self/cgroup and /proc/cmdline. */
  readonly groups: string;
  readonly commandLine: string;
}

const thisHost = (): Host => ({
  groups: readFileSync("/proc/self/cgroup", "utf8"),
  commandLine: readFileSync("/proc/cmdline", "utf8"),
});

/** A node's mounts name the lab's folders; the kernel that all share names the groups in full, and how it was started. */
export function tracesOf(place: Place, host: Host = thisHost()): readonly Trace[] {
  const groups = host.groups
    .trim()
    .split("\n")
    .map((line) => line.replace(/^\d+:[^:]*:/, ""));
  const named = [...new Set(groups)].filter((group) => group.length > 1);
  return [
    ...named.map((group) => literal(group, "")),
    literal(host.commandLine.trim(), "root=/dev/vda ro"),
    literal(place.state, "/lab/state"),
    literal(place.cache, "/lab/cache"),
  ];
}

/** A pattern somebody gave on the command line. */
export function removed(pattern: string): Trace {
  return { pattern: new RegExp(pattern, "g"), by: "host" };
}

function literal(text: string, by: string): Trace {
  return { pattern: new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "g"), by };
}

export function withoutTraces(set: EvidenceSet, traces: readonly Trace[]): EvidenceSet {
  const text = traces.reduce((json, { pattern, by }) => json.replaceAll(pattern, by), JSON.stringify(set));
  return JSON.parse(text) as EvidenceSet;
}
