/** Whether this happened before, here and on nodes like this one: counts only, each with the incidents it counts. */
import { causeOf } from "./fingerprint.ts";
import type { Identity, Incident } from "./incident.ts";

export const attributes = ["image", "kernel", "zone", "pool", "kubelet", "runtime", "instanceType"] as const;
export type Attribute = (typeof attributes)[number];

export interface Recurrence {
  /** The present incident's first root; null: none is known, and nothing recurs. */
  readonly cause: string | null;
  readonly onThisNode: OnThisNode;
  /** One per attribute the present node is known to have, once another node had the cause too. */
  readonly alike: readonly Alike[];
}

export interface OnThisNode {
  /** Earlier incidents of this fingerprint on this node, as far back as memory was given. */
  readonly count: number;
  /** The same, opened in the last so many days. */
  readonly sinceDays: { readonly 7: number; readonly 30: number; readonly 90: number };
  readonly last: { readonly at: string; readonly id: string; readonly heldDays: number | null } | null;
  /** Earlier incidents of any cause on this node. */
  readonly ofAnyCause: number;
  /** Those of this fingerprint, newest first. */
  readonly incidents: readonly string[];
}

export interface Alike {
  readonly attribute: Attribute;
  /** What the present node has. */
  readonly value: string;
  /** Nodes with the cause that have the value too, this one counted. */
  readonly withCause: number;
  /** Nodes with the cause of which the attribute is known, this one counted. */
  readonly ofCause: number;
  /** Part of the fleet that has the value, 0 to 1; null: not known. */
  readonly fleetShare: number | null;
  /** The newest incident of each node that `withCause` counts. */
  readonly incidents: readonly string[];
}

/** `past`: incidents of this node and incidents of this cause, in any order, double or not, the present one or not. */
export interface Remembered {
  readonly past: readonly Incident[];
  readonly present: Incident;
  readonly now: Date;
  /** The identity of every node there is; null: not known. */
  readonly fleet: readonly Identity[] | null;
}

const dayMs = 24 * 60 * 60 * 1000;

export function recurrence({ past, present, now, fleet }: Remembered): Recurrence {
  const cause = present.roots[0] ?? null;
  const earlier = newestFirst(past).filter((incident) => incident._id !== present._id);
  return {
    cause,
    onThisNode: onThisNode(
      earlier.filter((incident) => nodeKey(incident) === nodeKey(present)),
      present,
      now,
    ),
    alike:
      cause === null ? [] : alike([present, ...earlier.filter(({ roots }) => roots.includes(cause))], present, fleet),
  };
}

const nodeKey = ({ cluster, node }: Incident): string => JSON.stringify([cluster, node]);

/** Each incident once, by the time it opened. */
function newestFirst(incidents: readonly Incident[]): readonly Incident[] {
  const once = new Map(incidents.map((incident) => [incident._id, incident]));
  return [...once.values()].toSorted(
    (one, other) => compare(other.openedAt, one.openedAt) || compare(one._id, other._id),
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

function onThisNode(earlier: readonly Incident[], present: Incident, now: Date): OnThisNode {
  const print = primaryPrint(present);
  const same = earlier.filter(({ fingerprints }) => print !== undefined && fingerprints.includes(print));
  const since = (days: number): number =>
    same.filter(({ openedAt }) => Date.parse(openedAt) >= now.getTime() - days * dayMs).length;
  const last = same[0];
  return {
    count: same.length,
    sinceDays: { 7: since(7), 30: since(30), 90: since(90) },
    last: last ? { at: last.openedAt, id: last._id, heldDays: heldDays(last, present) } : null,
    ofAnyCause: earlier.length,
    incidents: same.map(({ _id }) => _id),
  };
}

function primaryPrint({ roots, fingerprints }: Incident): string | undefined {
  return fingerprints.find((print) => causeOf(print) === roots[0]);
}

/** From the end of the last one to the beginning of this one; null: no end is known, or clocks disagree. */
function heldDays(last: Incident, present: Incident): number | null {
  if (last.closedAt === null) return null;
  const days = (Date.parse(present.openedAt) - Date.parse(last.closedAt)) / dayMs;
  return days < 0 ? null : days;
}

function alike(withCause: readonly Incident[], present: Incident, fleet: Remembered["fleet"]): readonly Alike[] {
  const perNode = newestPerNode(withCause);
  return attributes.flatMap((attribute) => {
    const value = present.identity[attribute];
    const known = perNode.filter(({ identity }) => identity[attribute] !== null);
    if (value === null || known.length < 2) return [];
    const same = known.filter(({ identity }) => identity[attribute] === value);
    const counts = { withCause: same.length, ofCause: known.length, incidents: same.map(({ _id }) => _id) };
    return [{ attribute, value, ...counts, fleetShare: fleetShare(fleet, attribute, value) }];
  });
}

/** A node that fails every night says no more about its image than one that failed once. */
function newestPerNode(incidents: readonly Incident[]): readonly Incident[] {
  const newest = new Map<string, Incident>();
  for (const incident of incidents) if (!newest.has(nodeKey(incident))) newest.set(nodeKey(incident), incident);
  return [...newest.values()];
}

function fleetShare(fleet: Remembered["fleet"], attribute: Attribute, value: string): number | null {
  const known = (fleet ?? []).filter((identity) => identity[attribute] !== null);
  if (known.length === 0) return null;
  return known.filter((identity) => identity[attribute] === value).length / known.length;
}
