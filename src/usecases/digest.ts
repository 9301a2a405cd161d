import { digestOf, weeksOf } from "../digest/digest.ts";
import { type Fix, type FixHistory, mustHoldMs } from "../digest/fixes.ts";
import { type Seen, seenOf } from "../digest/seen.ts";
import { lastFullWeek, parseWeek, type Span, spanOf, type Week } from "../digest/week.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { IncidentStore } from "../remember/incident-store.ts";
import type { Digest } from "../report/digest.ts";
import { OperatorError } from "../shared/errors.ts";
import type { World } from "./ports.ts";

export interface DigestPorts {
  readonly world: Pick<World, "incidents" | "memoryProblem" | "clock" | "engine" | "clusters">;
  /** null: nothing is remembered of fixes. */
  readonly fixes: FixHistory | null;
  /** IANA name, as in `Europe/Berlin`. */
  readonly timeZone: string;
}

/**
 * The digest of a week, `2026-W47` as typed; null: of the last full one. Rejects with OperatorError where there is no
 * such week, it has not begun, or nothing is remembered, and as the store does.
 */
export async function weeklyDigest(asked: string | null, ports: DigestPorts): Promise<Digest> {
  const { world, timeZone, fixes } = ports;
  const now = world.clock.now();
  const week = asked === null ? lastFullWeek(now, timeZone) : parseWeek(asked);
  if (world.incidents === null) throw new OperatorError(`nothing is remembered: ${world.memoryProblem ?? "no store"}`);
  const span = spanOf(week, timeZone);
  if (span.from > now) throw new OperatorError(`${asked} has not begun`, ["Ask for a week that has."]);
  return digestOf({
    week,
    timeZone,
    clusters: world.clusters.map(({ name }) => name),
    seen: await seenIn(week, timeZone, world.incidents),
    fixes: fixes === null ? [] : await fixesIn(span, fixes),
    words: (cause) => wordsOf(cause, world.engine.knowledge),
  });
}

async function seenIn(week: Week, timeZone: string, incidents: IncidentStore): Promise<readonly Seen[]> {
  const first = weeksOf(week)[0] ?? week;
  const seen: Seen[] = [];
  for await (const incident of incidents.between(spanOf(first, timeZone).from, spanOf(week, timeZone).to)) {
    seen.push(seenOf(incident));
  }
  return seen;
}

/** A fix of the last day before the week may have failed in it. */
function fixesIn({ from, to }: Span, fixes: FixHistory): Promise<readonly Fix[]> {
  return fixes.verifiedBetween(new Date(from.getTime() - mustHoldMs), to);
}

/** A cause that is known no more, since an operator took its file away, goes by its id. */
function wordsOf(id: string, { causes }: Knowledge): { readonly title: string; readonly lastingFix: string | null } {
  const cause = causes.get(id);
  return { title: cause?.title ?? id, lastingFix: cause?.fixes.find(({ lasting }) => lasting)?.says ?? null };
}
