import type { FactBase } from "../facts/base.ts";
import { asList, isLog, type Knowledge, walk } from "../knowledge/knowledge.ts";
import type { Condition, LogCondition } from "../knowledge/schema.ts";
import { type Hits, makeMatcher } from "../reason/match.ts";

/** A pattern that fires all over a node that is well, so it says nothing. */
export interface CommonPattern {
  readonly owner: { readonly kind: "causes" | "symptoms"; readonly id: string };
  /** The rule; null for a symptom. */
  readonly rule: { readonly id: string; readonly index: number } | null;
  readonly pattern: string;
  readonly lines: number;
  /** Lines there were, in the streams the pattern looks into. */
  readonly of: number;
}

/** More than this share of a healthy node's lines. */
const mostShare = 0.01;

/** The patterns of rules and symptoms that fire on too many lines of a recorded healthy node, and often enough. */
export function commonPatterns(knowledge: Knowledge, healthy: FactBase): readonly CommonPattern[] {
  const hits = makeMatcher(knowledge)(healthy.logs);
  const inCauses = [...knowledge.causes.values()].flatMap(({ id, rules }) =>
    rules.flatMap((rule, index) =>
      common(rule.when, hits, healthy).map((found) => ({
        owner: { kind: "causes" as const, id },
        rule: { id: rule.id, index },
        ...found,
      })),
    ),
  );
  const inSymptoms = [...knowledge.symptoms.values()].flatMap(({ id, when }) =>
    common(when, hits, healthy).map((found) => ({ owner: { kind: "symptoms" as const, id }, rule: null, ...found })),
  );
  return [...inCauses, ...inSymptoms];
}

type Counted = Pick<CommonPattern, "pattern" | "lines" | "of">;

function common(condition: Condition, hits: Hits, { logs }: FactBase): readonly Counted[] {
  return walk(condition)
    .filter((each) => isLog(each))
    .flatMap((each) => {
      const of = [...logs.values()]
        .filter(({ stream }) => each.in?.includes(stream) ?? true)
        .reduce((sum, { lines }) => sum + lines.length, 0);
      return asList(each.log)
        .map((pattern) => ({ pattern, lines: firing(pattern, each, hits), of }))
        .filter(({ lines }) => lines > of * mostShare && lines >= (each.atLeast ?? 1));
    });
}

/** Lines of a pattern that the condition would count. */
function firing(pattern: string, { in: streams, unless }: LogCondition, hits: Hits): number {
  const excused = new Set(asList(unless).flatMap((source) => (hits.get(source) ?? []).map(({ line }) => line)));
  return (hits.get(pattern) ?? []).filter(({ line }) => (streams?.includes(line.stream) ?? true) && !excused.has(line))
    .length;
}
