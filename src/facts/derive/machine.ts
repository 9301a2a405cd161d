import type { FactValue, Row } from "../fact.ts";
import type { Derivation } from "../reader.ts";

/**
 * Off, cut off or maintained, by whoever runs the machine. Where no cloud is asked all three say `not-told`: a cloud
 * that is not configured leaves no question open.
 */
export const machine: Derivation = {
  id: "machine",
  needs: [
    "cloud.instance.state",
    "cloud.instance.preempted",
    "cloud.preempted",
    "cloud.check.system",
    "cloud.check.instance",
    "cloud.maintenance.rows",
  ],
  provides: {
    "machine.state": {
      type: "string",
      says: "whether the machine runs, by its cloud; preempted: the cloud took it back; gone: the cloud knows none of this id",
      values: ["running", "changing", "off", "preempted", "gone", "not-told"],
    },
    "machine.host": {
      type: "string",
      says: "whether the cloud finds its own host below the machine in order",
      values: ["ok", "impaired", "not-told"],
    },
    "machine.reachable": {
      type: "string",
      says: "whether the machine answers the cloud's own check on the network",
      values: ["ok", "impaired", "not-told"],
    },
    "machine.maintenance": {
      type: "string",
      says: "what the cloud does to the machine now; just-over: within the last hour",
      values: ["under-way", "just-over", "announced", "none", "not-told"],
    },
  },
  derive: (known, { at }) => ({
    "machine.state": stateOf(known),
    "machine.host": checkOf(known.get("cloud.check.system")),
    "machine.reachable": checkOf(known.get("cloud.check.instance")),
    "machine.maintenance": maintenanceOf(known.get("cloud.maintenance.rows"), at),
  }),
};

type Known = ReadonlyMap<string, FactValue>;

const states: Readonly<Record<string, string>> = {
  running: "running",
  starting: "changing",
  stopping: "changing",
  stopped: "off",
  suspended: "off",
  terminated: "off",
  gone: "gone",
};

function stateOf(known: Known): string {
  const state = states[String(known.get("cloud.instance.state"))] ?? "not-told";
  const taken = known.get("cloud.instance.preempted") === true || known.get("cloud.preempted") === true;
  return taken && state !== "running" && state !== "not-told" ? "preempted" : state;
}

function checkOf(found: FactValue | undefined): string {
  return found === "ok" || found === "impaired" ? found : "not-told";
}

const hour = 3_600_000;

function maintenanceOf(found: FactValue | undefined, at: string | null): string {
  if (!Array.isArray(found)) return "not-told";
  const states = (found as readonly Row[]).map((row) => (isJustOver(row, at) ? "just-over" : row.state));
  return ["under-way", "just-over", "announced"].find((state) => states.includes(state)) ?? "none";
}

function isJustOver({ state, until }: Row, at: string | null): boolean {
  if (state !== "over" || at === null || typeof until !== "string") return false;
  const ago = Date.parse(at) - Date.parse(until);
  return ago >= 0 && ago < hour; // a cancelled one may end in the future
}
