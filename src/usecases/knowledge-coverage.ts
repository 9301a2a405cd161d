import type { Cause, Knowledge } from "../knowledge/knowledge.ts";
import type { KnowledgeCase } from "../knowledge/schema.ts";
import { type Hits, makeMatcher } from "../reason/match.ts";
import { type Reasoning, reason } from "../reason/reason.ts";
import { factsOfCase } from "./case-facts.ts";

/** A rule that no case needs: without it every case of its cause comes out as expected all the same. */
export interface IdleRule {
  readonly cause: string;
  readonly rule: string;
  /** Its place among the cause's rules. */
  readonly index: number;
}

/** Leaves out each rule of these causes in turn and asks that cause's own cases again. */
export function idleRules(knowledge: Knowledge, causes: readonly Cause[]): readonly IdleRule[] {
  const match = makeMatcher(knowledge);
  return causes.flatMap((cause) => {
    const tried = cause.cases.map((each) => tryCase(each, cause, knowledge, match));
    return cause.rules.flatMap(({ id: rule }, index) =>
      tried.some((each) => needs(each, rule, cause, knowledge)) ? [] : [{ cause: cause.id, rule, index }],
    );
  });
}

interface Tried {
  readonly asked: KnowledgeCase;
  readonly base: ReturnType<typeof factsOfCase>;
  readonly hits: Hits;
  /** Rules that were true, or that would decide if somebody could tell. */
  readonly involved: ReadonlySet<string>;
}

function tryCase(
  asked: KnowledgeCase,
  cause: Cause,
  knowledge: Knowledge,
  match: ReturnType<typeof makeMatcher>,
): Tried {
  const base = factsOfCase(asked);
  const hits = match(base.logs);
  const found = reason(base, knowledge, () => hits).ranked.find((each) => each.cause.id === cause.id);
  const findings = [...(found?.for ?? []), ...(found?.against ?? []), ...(found?.open ?? [])];
  return { asked, base, hits, involved: new Set(findings.map(({ rule }) => rule.id)) };
}

/** A rule that was neither true nor open cannot be missed. */
function needs({ asked, base, hits, involved }: Tried, rule: string, cause: Cause, knowledge: Knowledge): boolean {
  if (!involved.has(rule)) return false;
  if (asked.expect.by?.includes(rule)) return true;
  const less: Cause = { ...cause, rules: cause.rules.filter(({ id }) => id !== rule) };
  const without = { ...knowledge, causes: new Map(knowledge.causes).set(cause.id, less) };
  return !asExpected(
    asked,
    cause.id,
    reason(base, without, () => hits),
  );
}

function asExpected({ expect }: KnowledgeCase, cause: string, { ranked, roots }: Reasoning): boolean {
  const verdict = ranked.find((each) => each.cause.id === cause)?.verdict ?? "absent";
  const isRoot = roots.some((root) => root.cause.id === cause);
  return [expect.verdict].flat().includes(verdict) && (expect.root === undefined || expect.root === isRoot);
}
