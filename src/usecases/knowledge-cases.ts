import { z } from "zod";
import { caseSchema, evidenceOfCase } from "../collect/sources/case-file.ts";
import { parseYaml } from "../knowledge/parse.ts";
import type { KnowledgeCase, Verdict } from "../knowledge/schema.ts";
import { makeMatcher } from "../reason/match.ts";
import { type Reasoning, reason } from "../reason/reason.ts";
import type { Report } from "../report/report.ts";
import { OperatorError } from "../shared/errors.ts";
import { factsOfCase } from "./case-facts.ts";
import type { Engine } from "./engine.ts";
import { runWarningCases } from "./knowledge-warnings.ts";

/** One case of a cause file and how it came out. */
export interface CaseOutcome {
  readonly cause: string;
  readonly name: string;
  readonly expected: readonly string[];
  /** Of a warning's case: given, quiet or unknown. */
  readonly verdict: Verdict | "given" | "quiet";
  readonly passed: boolean;
  readonly why: string;
}

/** Runs every case in the knowledge files: those of the rules against the whole knowledge, those of warnings alone. */
export function runKnowledgeCases(engine: Engine): readonly CaseOutcome[] {
  const match = makeMatcher(engine.knowledge);
  return [...engine.knowledge.causes.values()].flatMap((cause) => [
    ...cause.cases.map((each) => judgeOwnCase(cause.id, each, reason(factsOfCase(each), engine.knowledge, match))),
    ...runWarningCases(cause, match),
  ]);
}

function judgeOwnCase(cause: string, { name, expect }: KnowledgeCase, { ranked, roots }: Reasoning): CaseOutcome {
  const assessed = ranked.find((each) => each.cause.id === cause);
  const verdict = assessed?.verdict ?? "absent";
  const expected = [expect.verdict].flat();
  const fired = new Set([...(assessed?.for ?? []), ...(assessed?.against ?? [])].map(({ rule }) => rule.id));
  const silent = (expect.by ?? []).filter((id) => !fired.has(id));
  const rootIds = roots.map((root) => root.cause.id);
  const why: string[] = [];
  if (!expected.includes(verdict)) why.push(`expected ${expected.join(" or ")}, is ${verdict}`);
  if (silent.length > 0) why.push(`these rules did not fire: ${silent.join(", ")}`);
  if (expect.root !== undefined && expect.root !== rootIds.includes(cause)) {
    why.push(`root: expected ${String(expect.root)}, roots are ${rootIds.join(", ") || "none"}`);
  }
  return { cause, name, expected, verdict, passed: why.length === 0, why: why.join("; ") };
}

/** What a case file with a known root says of itself. */
const labelledCase = caseSchema.extend({
  id: z.coerce.string(),
  root_cause: z.object({ label: z.string(), accept: z.array(z.string()).nullish() }),
});

export interface ScoredCase {
  readonly id: string;
  readonly expected: string;
  readonly accept: readonly string[];
  readonly ranked: readonly string[];
  readonly verdict: string;
}

export interface Score {
  readonly cases: readonly ScoredCase[];
  readonly top1: number;
  readonly top3: number;
  readonly wrongConfirmed: number;
}

/** Asks the engine about every case file and counts how often the known root came first. */
export function scoreCases(engine: Engine, files: readonly { readonly path: string; readonly text: string }[]): Score {
  let wrongConfirmed = 0;
  const cases = files.map(({ path, text }) => {
    const parsed = parseYaml(path, text.length > 0 ? text : "{}", labelledCase, 8 * 1024 * 1024);
    if (!parsed.value) throw brokenCase(parsed.problems);
    const { report } = engine.judge(evidenceOfCase(parsed.value, engine.registry.readers));
    const { label, accept } = parsed.value.root_cause;
    const right = [label, ...(accept ?? [])];
    const confirmed = report.causes.filter(({ id, verdict }) => verdict === "confirmed" && report.roots.includes(id));
    if (confirmed.some(({ id }) => !right.includes(id))) wrongConfirmed += 1;
    return { id: parsed.value.id, expected: label, accept: accept ?? [], ...rankingOf(report) };
  });
  const within = (count: number): number =>
    cases.filter(({ expected, accept, ranked }) =>
      ranked.slice(0, count).some((id) => id === expected || accept.includes(id)),
    ).length;
  return { cases, top1: within(1), top3: within(3), wrongConfirmed };
}

function rankingOf(report: Report): { ranked: readonly string[]; verdict: string } {
  const shown = report.causes.filter(({ verdict }) => verdict !== "unknown" && verdict !== "ruled-out");
  const first = shown[0];
  const verdict = first === undefined ? "unknown" : first.id === "none" ? "none" : first.verdict;
  return { ranked: shown.map(({ id }) => id), verdict };
}

function brokenCase(problems: readonly { file: string; line: number | null; message: string }[]): OperatorError {
  return new OperatorError(problems.map(({ file, line, message }) => `${file}:${line ?? 1}: ${message}`).join("\n"));
}
