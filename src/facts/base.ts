import type { Unavailable } from "../evidence/evidence.ts";
import type { FactState, FactValue, Vocabulary } from "./fact.ts";
import type { LogStream, Stream } from "./log.ts";

/** Everything that is known about one node: the facts and the log streams, each with its source. */
export interface FactBase {
  readonly vocabulary: Vocabulary;
  readonly facts: ReadonlyMap<string, FactState>;
  readonly logs: ReadonlyMap<Stream, LogStream>;
  /** When collecting began, milliseconds since 1970 UTC; null: not known. */
  readonly now: number | null;
}

const notShown: Unavailable = { kind: "unavailable", reason: "not-shown", detail: "not read" };

/** The state of a fact; one that nothing spoke of is unavailable, never false. */
export function stateOf(base: FactBase, name: string): FactState {
  return base.facts.get(name) ?? { kind: "unavailable", why: notShown, from: null };
}

export function factValue(base: FactBase, name: string): FactValue | undefined {
  const state = base.facts.get(name);
  return state?.kind === "value" ? state.value : undefined;
}

export function textOf(base: FactBase, name: string): string | null {
  const found = factValue(base, name);
  return typeof found === "string" ? found : null;
}

export function numberOf(base: FactBase, name: string): number | null {
  const found = factValue(base, name);
  return typeof found === "number" ? found : null;
}

/** A time fact as milliseconds since 1970 UTC. */
export function timeOf(base: FactBase, name: string): number | null {
  const found = textOf(base, name);
  const at = found === null ? Number.NaN : Date.parse(found);
  return Number.isFinite(at) ? at : null;
}
