import type { FactValue } from "../fact.ts";
import type { Derivation } from "../reader.ts";

/**
 * First of all, which of three: the kubelet is dead, the node is cut off, or the host is down.
 * From one place "down" and "cut off from everyone" look the same, so both are `silent`.
 */
export const host: Derivation = {
  id: "host",
  needs: ["reach.ssh", "reach.kubelet", "lease.ageSeconds", "lease.durationSeconds", "boot.id"],
  provides: {
    "host.state": {
      type: "string",
      says: "answers: the host can be reached; silent: neither it nor its heartbeat; cut-off: its heartbeat comes, but not to us.",
      values: ["answers", "silent", "cut-off", "unknown"],
    },
  },
  derive: (known) => ({ "host.state": stateOf(known) }),
};

function stateOf(known: ReadonlyMap<string, FactValue>): string {
  const reach = [known.get("reach.ssh"), known.get("reach.kubelet")];
  if (known.has("boot.id") || reach.includes("open") || reach.includes("refused")) return "answers";
  if (reach.some((each) => each === undefined)) return "unknown";
  const age = known.get("lease.ageSeconds");
  const duration = known.get("lease.durationSeconds");
  if (typeof age !== "number") return "unknown";
  return age > (typeof duration === "number" ? duration : 40) ? "silent" : "cut-off";
}
