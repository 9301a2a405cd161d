import type { Cause } from "../knowledge/knowledge.ts";
import type { Warning, WarningCase } from "../knowledge/schema.ts";
import { look } from "../reason/foresee.ts";
import type { Matcher } from "../reason/match.ts";
import { milliseconds } from "../shared/duration.ts";
import { factsOfCase } from "./case-facts.ts";

/** One case of a warning and how it came out. */
export interface WarningOutcome {
  readonly cause: string;
  readonly name: string;
  readonly expected: readonly string[];
  readonly verdict: "given" | "quiet" | "unknown";
  readonly passed: boolean;
  readonly why: string;
}

/** The span the product looks ahead by itself. */
const within = milliseconds("30d");

/** Runs the cases of all warnings of a cause. Symptoms are left out: a node that is well has none. */
export function runWarningCases(cause: Cause, match: Matcher): readonly WarningOutcome[] {
  return cause.warnings.flatMap((warning) => warning.cases.map((each) => judge(cause.id, warning, each, match)));
}

function judge(cause: string, warning: Warning, asked: WarningCase, match: Matcher): WarningOutcome {
  const base = factsOfCase(asked);
  const { outcome } = look(warning, { base, hits: match(base.logs), symptoms: new Map() }, within);
  const [expected, verdict] = [inWords(asked.warns), inWords(outcome.truth)];
  const passed = expected === verdict;
  return {
    cause,
    name: `${warning.id}: ${asked.name}`,
    expected: [expected],
    verdict,
    passed,
    why: passed ? "" : `the warning should be ${expected}, is ${verdict}`,
  };
}

function inWords(truth: boolean | null): WarningOutcome["verdict"] {
  return truth === null ? "unknown" : truth ? "given" : "quiet";
}
