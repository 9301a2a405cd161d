import type { LogLine } from "../facts/log.ts";
import type { Truth } from "./compare.ts";

/** What one piece of proof is: a line of a log, or a fact with the line that shows it. */
export interface Proof {
  /** Equal for the same line or fact, so that two rules on one line count once. */
  readonly key: string;
  readonly source: string;
  readonly line: string | null;
  /** When it was written or since when it holds, milliseconds; null: not known. */
  readonly at: number | null;
  readonly log: LogLine | null;
}

/** The outcome of a condition or a rule. */
export interface Outcome {
  readonly truth: Truth;
  /** True by what is history only. */
  readonly history: boolean;
  readonly proofs: readonly Proof[];
  readonly bound: Readonly<Record<string, string | number | boolean>>;
  /** Facts and streams that would have to be known. */
  readonly missing: readonly string[];
}

export const unknownOutcome = (missing: readonly string[]): Outcome => ({
  truth: null,
  history: false,
  proofs: [],
  bound: {},
  missing,
});

export const falseOutcome: Outcome = { truth: false, history: false, proofs: [], bound: {}, missing: [] };

export function trueOutcome(proofs: readonly Proof[], bound: Outcome["bound"], history = false): Outcome {
  return { truth: true, history, proofs, bound, missing: [] };
}
