import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Proof } from "../reason/outcome.ts";
import type { Reasoning } from "../reason/reason.ts";
import { fill, type Values } from "./fill.ts";
import type { TimelineEntry } from "./report.ts";

const longestTimeline = 40;

/** The lines that matter in order of time: the first of each rule and symptom that is part of the story, and what changed. */
export function timelineOf(
  reasoning: Reasoning,
  knowledge: Knowledge,
  known: Values,
  changes: readonly TimelineEntry[] = [],
): readonly TimelineEntry[] {
  const story = reasoning.ranked.filter(({ verdict }) => verdict === "confirmed" || verdict === "likely");
  const entries = new Map(changes.map((change) => [`${change.at} ${change.line}`, change]));
  const add = (cause: string, says: string, proofs: readonly Proof[]): void => {
    const first = proofs.find(({ at, line }) => at !== null && line !== null);
    if (!first || first.at === null || first.line === null) return;
    const at = new Date(first.at).toISOString();
    const key = `${at} ${first.line}`;
    if (!entries.has(key)) entries.set(key, { at, source: first.source, line: first.line, cause, says });
  };
  for (const { cause, for: findings } of story) {
    for (const { rule, outcome } of findings)
      add(cause.id, fill(rule.says, { ...known, ...outcome.bound }), outcome.proofs);
  }
  for (const [id, { proofs, history, bound }] of reasoning.symptoms) {
    if (!history) add(id, fill(knowledge.symptoms.get(id)?.says ?? id, { ...known, ...bound }), proofs);
  }
  return [...entries.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(0, longestTimeline);
}
