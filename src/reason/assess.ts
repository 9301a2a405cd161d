import type { Cause, Knowledge } from "../knowledge/knowledge.ts";
import type { Rule, Verdict } from "../knowledge/schema.ts";
import { milliseconds } from "../shared/duration.ts";
import { evaluate, type World } from "./evaluate.ts";
import type { Outcome } from "./outcome.ts";

/** A rule with its outcome. */
export interface Finding {
  readonly rule: Rule;
  readonly outcome: Outcome;
}

/** What the rules of one cause come to. */
export interface Assessment {
  readonly cause: Cause;
  readonly verdict: Verdict;
  /** True rules that speak for it, the weightiest first. */
  readonly for: readonly Finding[];
  /** True rules that speak against it or exclude it. */
  readonly against: readonly Finding[];
  /** Proofs and strong rules that nobody could tell. */
  readonly open: readonly Finding[];
  /** When it was first seen, milliseconds; null: not known. */
  readonly onset: number | null;
  readonly bound: Outcome["bound"];
}

const positive = ["proof", "strong", "hint"];
/** How soon after an event its symptom must follow, where the edge does not say. */
const eventWithin = "15m";

export function assess(cause: Cause, world: World, knowledge: Knowledge): Assessment {
  const findings = cause.rules.map((rule) => ({ rule, outcome: evaluate(rule.when, world) }));
  const isTrue = findings.filter(({ outcome }) => outcome.truth === true);
  const matched = isTrue
    .filter(({ rule }) => positive.includes(rule.weight))
    .sort((a, b) => positive.indexOf(a.rule.weight) - positive.indexOf(b.rule.weight));
  const against = isTrue.filter(({ rule, outcome }) => !positive.includes(rule.weight) && !outcome.history);
  const open = findings.filter(
    ({ rule, outcome }) => outcome.truth === null && (rule.weight === "proof" || rule.weight === "strong"),
  );
  const counts = (finding: Finding): boolean => !finding.outcome.history || followed(cause, finding, world, knowledge);
  const present = matched.filter(counts);
  return {
    cause,
    verdict: verdictOf({ present, history: matched.length > present.length, against, open }),
    for: [...present, ...matched.filter((finding) => !counts(finding))],
    against,
    open,
    onset: onsetOf(present.length > 0 ? present : matched),
    bound: Object.assign({}, ...[...matched].reverse().map(({ outcome }) => outcome.bound)) as Outcome["bound"],
  };
}

interface Weighed {
  readonly present: readonly Finding[];
  /** Some rule is true by history only. */
  readonly history: boolean;
  readonly against: readonly Finding[];
  readonly open: readonly Finding[];
}

/** The verdict table. No number of strong rules confirms. */
export function verdictOf({ present, history, against, open }: Weighed): Verdict {
  const has = (weight: Rule["weight"]): boolean => present.some(({ rule }) => rule.weight === weight);
  const excluded = against.some(({ rule }) => rule.weight === "excludes");
  if (excluded && !has("proof")) return "ruled-out";
  if (has("proof")) return against.length === 0 ? "confirmed" : "likely";
  if (has("strong")) return against.length === 0 ? "likely" : "possible";
  if (has("hint") || history) return "possible";
  return open.length > 0 ? "unknown" : "absent";
}

/** An event (panic, power-off, OOM kill) is proved by history if a symptom it leads to follows soon. */
function followed(cause: Cause, finding: Finding, world: World, knowledge: Knowledge): boolean {
  if (!cause.event) return false;
  const at = onsetOf([finding]);
  if (at === null) return false;
  return reachable(cause.id, knowledge).some(({ id, within }) => {
    const symptom = world.symptoms.get(id);
    if (symptom?.truth !== true || symptom.history) return false;
    return symptom.proofs.some((proof) => proof.at !== null && proof.at >= at - 1_000 && proof.at <= at + within);
  });
}

/** The symptoms below a cause, each with the time its first edge allows. */
function reachable(id: string, knowledge: Knowledge): { id: string; within: number }[] {
  const found = new Map<string, number>();
  const visit = (from: string, within: number | null): void => {
    for (const edge of knowledge.edges.get(from) ?? []) {
      if (found.has(edge.to)) continue;
      const allowed = within ?? milliseconds(edge.within ?? eventWithin);
      found.set(edge.to, allowed);
      visit(edge.to, allowed);
    }
  };
  visit(id, null);
  return [...found].filter(([to]) => knowledge.symptoms.has(to)).map(([to, within]) => ({ id: to, within }));
}

/** The first matched line's stamp, or a stamp inside a fact; weightier rules speak first. */
function onsetOf(findings: readonly Finding[]): number | null {
  const heavy = findings.filter(({ rule }) => rule.weight !== "hint");
  const stamps = (heavy.length > 0 ? heavy : findings)
    .flatMap(({ outcome }) => outcome.proofs)
    .flatMap(({ at }) => (at === null ? [] : [at]));
  return stamps.length > 0 ? Math.min(...stamps) : null;
}
