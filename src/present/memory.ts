import type { Memory, Report } from "../report/report.ts";
import { plural } from "./hurt.ts";
import { span } from "./time.ts";

/** What memory adds, in words; empty where memory was not asked. */
export function memoryOf({ memory, verdict }: Report): string {
  if (memory === null) return "";
  if (memory.problem !== null) return `could not be asked or written: ${memory.problem}.`;
  const parts = verdict === "none" ? [lastTime(memory)] : [onThisNode(memory), ...memory.alike.map(sharedBy)];
  if (memory.incident !== null) parts.push(`Incident ${memory.incident}.`);
  return parts.filter((part) => part !== "").join(" ");
}

function lastTime({ onThisNode: { ofAnyCause } }: Memory): string {
  return ofAnyCause === 0
    ? "No earlier incident on this node."
    : `${plural(ofAnyCause, "earlier incident")} on this node.`;
}

function onThisNode({ cause, onThisNode: { count, last30Days, last, ofAnyCause } }: Memory): string {
  if (cause === null) return ofAnyCause > 0 ? `${plural(ofAnyCause, "earlier incident")} on this node.` : "";
  if (count === 0)
    return ofAnyCause > 0
      ? `First time with this cause; ${plural(ofAnyCause, "earlier incident")} of others here.`
      : "First time on this node.";
  const within = last30Days > 0 ? `${ordinal(last30Days + 1)} time in 30 d here` : `${ordinal(count + 1)} time here`;
  const held = last?.heldDays === null || last === null ? "" : `, held ${span(last.heldDays * 86_400)}`;
  return `${within}${last ? ` (last ${last.at.slice(0, 10)}${held})` : ""}.`;
}

function sharedBy({ attribute, value, withCause, ofCause, fleetShare }: Memory["alike"][number]): string {
  const fleet = fleetShare === null ? "" : `; ${Math.round(fleetShare * 100)} % of the fleet has it`;
  return `${withCause} of ${ofCause} nodes with this cause have ${attribute} ${value}${fleet}.`;
}

export function ordinal(count: number): string {
  const tens = count % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${count}${suffix}`;
}
