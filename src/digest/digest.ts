/** What a week looked like, against the four before. Pure: the same incidents give the same digest. */
import type { Digest, DigestCause, RepeatNode } from "../report/digest.ts";
import { type Fix, fixesNotHeld } from "./fixes.ts";
import { minutesOf, nodeKey, nodesOf, type Seen } from "./seen.ts";
import { sharedBy } from "./shared.ts";
import { type Span, spanOf, type Week, weekId, weeksBefore } from "./week.ts";

export const weeksCompared = 4;

/** What is known of a cause beyond its incidents. */
export interface CauseWords {
  readonly title: string;
  readonly lastingFix: string | null;
}

export interface DigestInput {
  readonly week: Week;
  readonly timeZone: string;
  /** The clusters of the config. */
  readonly clusters: readonly string[];
  /** Of the week and the four before, in any order; others are left out. */
  readonly seen: readonly Seen[];
  /** Verified in the week or on the day before it. */
  readonly fixes: readonly Fix[];
  readonly words: (cause: string) => CauseWords;
}

/** This week and those it is compared with, oldest first. */
export function weeksOf(week: Week): readonly Week[] {
  return Array.from({ length: weeksCompared + 1 }, (_, nth) => weeksBefore(week, weeksCompared - nth));
}

export function digestOf(input: DigestInput): Digest {
  const { week, timeZone, clusters } = input;
  const perWeek = weeksOf(week).map((one) => ({
    week: weekId(one),
    seen: opened(input.seen, spanOf(one, timeZone)),
  }));
  const now = perWeek.at(-1)?.seen ?? [];
  const before = perWeek.slice(0, -1).flatMap(({ seen }) => seen);
  const span = spanOf(week, timeZone);
  return {
    schema: 1,
    week: weekId(week),
    timezone: timeZone,
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    clusters: [...new Set([...clusters, ...now.map(({ cluster }) => cluster)])].toSorted(),
    incidents: now.length,
    nodes: nodesOf(now),
    minutes: minutesOf(now),
    open: now.filter(({ open }) => open).length,
    weeks: perWeek.map(({ week: id, seen }) => ({ week: id, incidents: seen.length, minutes: minutesOf(seen) })),
    causes: causesOf(now, before, input.words),
    repeatNodes: repeatNodes(now, before),
    fixesNotHeld: fixesNotHeld(input.fixes, input.seen, span),
    unknown: now.filter(({ roots }) => roots.length === 0).length,
  };
}

function opened(seen: readonly Seen[], { from, to }: Span): readonly Seen[] {
  return seen.filter(({ openedAt }) => openedAt >= from.getTime() && openedAt < to.getTime());
}

function causesOf(now: readonly Seen[], before: readonly Seen[], words: DigestInput["words"]): Digest["causes"] {
  return [...new Set(now.flatMap(({ roots }) => roots))]
    .map((cause) => causeOf(cause, now, before, words))
    .toSorted((one, other) => other.minutes - one.minutes || other.incidents - one.incidents || byName(one, other));
}

const byName = (one: { readonly cause: string }, other: { readonly cause: string }): number =>
  one.cause < other.cause ? -1 : 1;

function causeOf(
  cause: string,
  now: readonly Seen[],
  before: readonly Seen[],
  words: DigestInput["words"],
): DigestCause {
  const has = ({ roots }: Seen): boolean => roots.includes(cause);
  const [ours, earlier] = [now.filter(has), before.filter(has)];
  const perWeek = earlier.length / weeksCompared;
  return {
    cause,
    title: words(cause).title,
    incidents: ours.length,
    nodes: nodesOf(ours),
    minutes: minutesOf(ours),
    before: { perWeek, minutes: Math.round(minutesOf(earlier) / weeksCompared) },
    trend: trendOf(ours.length, perWeek),
    isNew: earlier.length === 0,
    shared: sharedBy(
      ours,
      [...now, ...before].filter((one) => !has(one)),
      new Set(ours.map(nodeKey)),
    ),
    lastingFix: words(cause).lastingFix,
  };
}

function trendOf(incidents: number, perWeek: number): DigestCause["trend"] {
  if (perWeek === 0) return "new";
  if (incidents > perWeek * 1.25) return "up";
  return incidents < perWeek * 0.75 ? "down" : "same";
}

/** A third incident within five weeks makes a node worth a look, as does a second within one. */
function repeatNodes(now: readonly Seen[], before: readonly Seen[]): readonly RepeatNode[] {
  const earlier = Map.groupBy(before, nodeKey);
  return [...Map.groupBy(now, nodeKey)]
    .flatMap(([key, ours]) => {
      const first = ours[0];
      const past = earlier.get(key)?.length ?? 0;
      if (!first || (ours.length < 2 && ours.length + past < 3)) return [];
      const causes = [...new Set(ours.flatMap(({ roots }) => roots))].toSorted();
      return [{ cluster: first.cluster, node: first.node, incidents: ours.length, before: past, causes }];
    })
    .toSorted((one, other) => other.incidents - one.incidents || other.before - one.before || byNode(one, other));
}

const byNode = (one: RepeatNode, other: RepeatNode): number => (nodeKey(one) < nodeKey(other) ? -1 : 1);
