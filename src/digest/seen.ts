import { z } from "zod";
import type { Incident } from "../remember/incident.ts";

/** What a digest keeps of an incident, so that a year of them fits into memory. Times in epoch milliseconds. */
export interface Seen extends Pick<Incident, "cluster" | "node" | "roots"> {
  readonly identity: Incident["identity"];
  readonly openedAt: number;
  /** When the node went, as far as it is known. */
  readonly since: number;
  /** When it was last seen ailing, or found well. */
  readonly until: number;
  readonly open: boolean;
  readonly reports: readonly { readonly at: number; readonly roots: readonly string[] }[];
}

/** What was stored is not ours to trust: another version, or a hand, may have written it. */
const since = z.looseObject({ facts: z.looseObject({ notReadySince: z.iso.datetime({ offset: true }).nullable() }) });

export function seenOf(incident: Incident): Seen {
  const { cluster, node, roots, identity, reports, status, closedAt } = incident;
  const openedAt = Date.parse(incident.openedAt);
  const end = Date.parse(closedAt ?? reports.at(-1)?.at ?? incident.openedAt);
  const began = Math.min(openedAt, notReadySince(incident) ?? openedAt);
  return {
    cluster,
    node,
    roots,
    identity,
    openedAt,
    since: began,
    until: Math.max(began, end),
    open: status === "open",
    reports: reports.map(({ at, roots: found }) => ({ at: Date.parse(at), roots: found })),
  };
}

/** No node is down for longer before somebody asks; a condition without a time says year 1. */
const longestMs = 365 * 24 * 60 * 60 * 1000;

function notReadySince({ lastReport, openedAt }: Incident): number | undefined {
  const read = since.safeParse(lastReport);
  const at = Date.parse((read.success && read.data.facts.notReadySince) || "");
  return at >= Date.parse(openedAt) - longestMs ? at : undefined;
}

export function minutesOf(seen: readonly Seen[]): number {
  return Math.round(seen.reduce((sum, one) => sum + one.until - one.since, 0) / 60_000);
}

export const nodeKey = ({ cluster, node }: Pick<Seen, "cluster" | "node">): string => JSON.stringify([cluster, node]);

export function nodesOf(seen: readonly Seen[]): number {
  return new Set(seen.map(nodeKey)).size;
}
