import { type FactBase, factValue, timeOf } from "../facts/base.ts";
import type { Row } from "../facts/fact.ts";
import type { Reasoning } from "../reason/reason.ts";
import type { TimelineEntry } from "./report.ts";

/** What was changed longer before is rarely why; stamps of whole seconds may lie just behind the moment. */
const reachMs = 24 * 60 * 60_000;
const graceMs = 60_000;
const mostShown = 10;

/** What changed within the day before it began, for the timeline; nothing where nobody can say when that was. */
export function changesBefore(base: FactBase, reasoning: Reasoning): readonly TimelineEntry[] {
  const onset = onsetOf(base, reasoning);
  const rows = factValue(base, "change.rows");
  if (onset === null || reasoning.verdict === "none" || !Array.isArray(rows)) return [];
  return (rows as readonly Row[])
    .filter(({ at }) => {
      const moment = Date.parse(String(at));
      return moment >= onset - reachMs && moment <= onset + graceMs;
    })
    .slice(-mostShown)
    .map(entryOf);
}

function onsetOf(base: FactBase, { roots }: Reasoning): number | null {
  const onsets = roots.flatMap(({ onset }) => onset ?? []);
  if (onsets.length > 0) return Math.min(...onsets);
  return timeOf(base, "node.heartbeat") ?? timeOf(base, "node.readySince");
}

function entryOf({ at, kind, what, who }: Row): TimelineEntry {
  const by = typeof who === "string" ? ` (${who})` : "";
  const says = `${what}${by}`;
  return { at: new Date(String(at)).toISOString(), source: "changes", line: `${at} ${says}`, cause: `${kind}`, says };
}
