import type { Memory, Report } from "../report/report.ts";
import { attributeName } from "./attribute.ts";
import { plural } from "./hurt.ts";
import { span } from "./time.ts";

/** What memory adds, in words; empty where memory was not asked. */
export function memoryOf({ memory, verdict }: Report): string {
  if (memory === null) return "";
  if (memory.problem !== null) return `could not be asked or written: ${memory.problem}.`;
  const parts =
    verdict === "none" ? [justHealed(memory), lastTime(memory)] : [onThisNode(memory), shared(memory.alike)];
  if (memory.incident !== null && verdict !== "none") parts.push(`Incident ${memory.incident}.`);
  return parts.filter((part) => part !== "").join(" ");
}

/** The answer that finds nothing wrong any more closes the incident. */
function justHealed({ incident, cause }: Memory): string {
  return incident === null ? "" : `Incident ${incident}${cause === null ? "" : ` (${cause})`} ends.`;
}

function lastTime({ incident, cause, onThisNode: { ofAnyCause, last } }: Memory): string {
  if (ofAnyCause === 0)
    return incident === null ? "No earlier incident on this node." : "It was the first on this node.";
  const when =
    incident === null && last !== null ? ` Last time: ${cause ?? "cause not known"}, ${last.at.slice(0, 10)}.` : "";
  return `${plural(ofAnyCause, "earlier incident")} on this node.${when}`;
}

function onThisNode({ cause, onThisNode: { count, last30Days, last, ofAnyCause } }: Memory): string {
  if (cause === null) return ofAnyCause > 0 ? `${plural(ofAnyCause, "earlier incident")} on this node.` : "";
  const others = ofAnyCause - count;
  const ofOthers = others > 0 ? `; ${plural(others, "earlier incident")} of other causes` : "";
  if (count === 0) return others > 0 ? `First time with this cause here${ofOthers}.` : "First time on this node.";
  const held = last?.heldDays === null || last === null ? "" : `, held ${span(last.heldDays * 86_400)}`;
  const when = last ? ` (last ${last.at.slice(0, 10)}${held})` : "";
  return `${timesHere(count, last30Days)}${when}${ofOthers}.`;
}

function timesHere(count: number, last30Days: number): string {
  if (last30Days === 0) return `${ordinal(count + 1)} time here, the first in 30 d`;
  const inAll = count > last30Days ? `, ${ordinal(count + 1)} in all` : "";
  return `${ordinal(last30Days + 1)} time in 30 d here${inAll}`;
}

type Alike = Memory["alike"][number];

/** What sets the nodes with the cause apart comes first and in full; what everybody has is only named. */
function shared(alike: readonly Alike[]): string {
  const usual = alike.filter((each) => distance(each) !== null && (distance(each) ?? 0) <= 0);
  const [first, ...rest] = alike
    .filter((each) => !usual.includes(each))
    .toSorted((one, other) => (distance(other) ?? 0) - (distance(one) ?? 0));
  return [
    first ? sharedBy(first) : "",
    rest.length > 0 ? `Also ${rest.map(compared).join(", ")}.` : "",
    usual.length > 0 ? `As common in the whole fleet: ${usual.map(counted).join(", ")}.` : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** How much more common it is among them than in the fleet; null: the fleet is not known. */
function distance({ withCause, ofCause, fleetShare }: Alike): number | null {
  return fleetShare === null ? null : withCause / ofCause - fleetShare;
}

function sharedBy({ attribute, value, withCause, ofCause, fleetShare }: Alike): string {
  const fleet = fleetShare === null ? "" : `; ${percent(fleetShare)} of the fleet has it`;
  return `${withCause} of ${ofCause} nodes with this cause have ${attributeName(attribute)} ${value}${fleet}.`;
}

const named = ({ attribute, value }: Alike): string => `${attributeName(attribute)} ${value}`;
const counted = (each: Alike): string => `${named(each)} (${each.withCause} of ${each.ofCause})`;

function compared(each: Alike): string {
  if (each.fleetShare === null) return counted(each);
  return `${named(each)} (${each.withCause} of ${each.ofCause}; fleet ${percent(each.fleetShare)})`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export function ordinal(count: number): string {
  const tens = count % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${count}${suffix}`;
}
