import { stateOf } from "../facts/base.ts";
import type { Cause } from "../knowledge/knowledge.ts";
import type { Warning } from "../knowledge/schema.ts";
import { evaluate, type World } from "./evaluate.ts";
import { falseOutcome, type Outcome, unknownOutcome } from "./outcome.ts";

/** One warning with what it comes to on this node. */
export interface Foreseen {
  readonly cause: Cause;
  readonly warning: Warning;
  /** true: it will break; null: nobody can tell. */
  readonly outcome: Outcome;
  /** When it breaks, milliseconds since 1970 UTC; null: at no known time. */
  readonly by: number | null;
}

/** What this node will break of, as far as the causes' warnings can tell; `withinMs` bounds those with a date. */
export function foresee(causes: Iterable<Cause>, world: World, withinMs: number): readonly Foreseen[] {
  return [...causes]
    .filter(({ maturity }) => maturity !== "sandbox")
    .flatMap((cause) => cause.warnings.map((warning) => ({ cause, warning, ...look(warning, world, withinMs) })));
}

export function look(
  { when, by }: Warning,
  world: World,
  withinMs: number,
): { readonly outcome: Outcome; readonly by: number | null } {
  const found = evaluate(when, world);
  // What only the past shows is no statement about the future.
  const outcome = found.truth === true && found.history ? falseOutcome : found;
  if (by === undefined || outcome.truth === false) return { outcome, by: null };
  const state = stateOf(world.base, by);
  if (state.kind === "absent") return { outcome: falseOutcome, by: null };
  const at = state.kind === "value" ? Date.parse(String(state.value)) : Number.NaN;
  const { now } = world.base;
  if (!Number.isFinite(at)) return { outcome: unknownOutcome([...outcome.missing, by]), by: null };
  if (now === null) return { outcome: unknownOutcome([...outcome.missing, "time.now"]), by: null };
  return at <= now + withinMs ? { outcome, by: at } : { outcome: falseOutcome, by: null };
}
