import type { Derivation } from "../facts/reader.ts";
import { Bug } from "../shared/errors.ts";
import type { Probe } from "./probe.ts";

/** Which probes each probe waits for, by id. */
export type Plan = ReadonlyMap<string, readonly string[]>;

/**
 * A probe waits for every probe that provides a fact it names in `after`, also through derivations.
 * A fact that nothing provides is not waited for.
 * @throws Bug where two probes share an id or probes wait for each other.
 */
export function planOf(probes: readonly Probe[], derivations: readonly Derivation[] = []): Plan {
  const plan = new Map<string, readonly string[]>();
  for (const probe of probes) {
    if (plan.has(probe.id)) throw new Bug(`two probes are called ${probe.id}`);
    plan.set(probe.id, providersOf(probe.after ?? [], probes, derivations));
  }
  for (const id of plan.keys()) refuseCycle(plan, id, []);
  return plan;
}

function providersOf(
  facts: readonly string[],
  probes: readonly Probe[],
  derivations: readonly Derivation[],
): readonly string[] {
  const wanted = new Set(facts);
  for (const fact of wanted) {
    for (const derivation of derivations) {
      if (fact in derivation.provides) for (const need of derivation.needs) wanted.add(need);
    }
  }
  return probes.filter((probe) => Object.keys(probe.provides).some((fact) => wanted.has(fact))).map(({ id }) => id);
}

function refuseCycle(plan: Plan, id: string, path: readonly string[]): void {
  if (path.includes(id)) throw new Bug(`probes wait for each other: ${[...path, id].join(" -> ")}`);
  for (const next of plan.get(id) ?? []) refuseCycle(plan, next, [...path, id]);
}
