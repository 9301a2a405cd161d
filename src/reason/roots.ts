import { areas } from "../knowledge/schema.ts";
import type { Assessment } from "./assess.ts";
import { type Graph, type Step, wayTo } from "./graph.ts";

const strength = { confirmed: 3, likely: 2, possible: 1, unknown: 0, absent: 0, "ruled-out": 0 } as const;

/** Which causes are only effects of others, and of which. */
export interface Effects {
  readonly of: ReadonlyMap<string, string>;
  /** A likely cause that may lie behind a confirmed one: the report then stays at likely. */
  readonly behind: ReadonlyMap<string, string>;
}

/** Finds the effects among the assessed causes; `candidates` are those with a verdict of possible or better. */
export function findEffects(candidates: readonly Assessment[], graph: Graph): Effects {
  const of = new Map<string, string>();
  const behind = new Map<string, string>();
  const ranked = [...candidates].sort(byRank);
  for (const effect of candidates) {
    const causes = ranked.filter((cause) => cause !== effect && mayCause(cause, effect, graph));
    const above = causes.find((cause) => decides(cause, effect));
    const maybe = causes.find(({ verdict }) => verdict === "likely");
    if (above) of.set(effect.cause.id, above.cause.id);
    else if (maybe) behind.set(effect.cause.id, maybe.cause.id);
  }
  return { of, behind };
}

function mayCause(cause: Assessment, effect: Assessment, graph: Graph): boolean {
  return hasOwnProof(cause, effect) && wayTo(graph, cause.cause.id, effect.cause.id) !== null;
}

/** A cause makes an effect of another only if it is confirmed, or neither is and it is no weaker. */
function decides(cause: Assessment, effect: Assessment): boolean {
  if (cause.verdict === "confirmed") return true;
  return effect.verdict !== "confirmed" && strength[cause.verdict] >= strength[effect.verdict];
}

/** C must have a matched rule with a line that is not also E's, else both only say the same thing. */
function hasOwnProof(cause: Assessment, effect: Assessment): boolean {
  const taken = proofKeys(effect);
  return cause.for.some(({ outcome }) => outcome.proofs.some(({ key }) => !taken.has(key)));
}

/** Every assessment is compared with every other, and on a long journal its proofs are thousands of lines. */
const keysOf = new WeakMap<Assessment, ReadonlySet<string>>();

function proofKeys(assessment: Assessment): ReadonlySet<string> {
  const keys =
    keysOf.get(assessment) ?? new Set(assessment.for.flatMap(({ outcome }) => outcome.proofs.map(({ key }) => key)));
  keysOf.set(assessment, keys);
  return keys;
}

export interface Roots {
  readonly roots: readonly Assessment[];
  /** Observed symptoms that no root leads to. */
  readonly unexplained: readonly string[];
  readonly ways: ReadonlyMap<string, ReadonlyMap<string, readonly Step[]>>;
}

/**
 * All confirmed causes that are no effects; then, only for symptoms these do not lead to, the fewest
 * likely causes that do; where no symptom is shown, every likely cause that is no effect.
 */
export function findRoots(
  candidates: readonly Assessment[],
  effects: Effects,
  symptoms: readonly string[],
  graph: Graph,
): Roots {
  const free = candidates.filter(({ cause }) => !effects.of.has(cause.id)).sort(byRank);
  const ways = new Map(free.map(({ cause }) => [cause.id, waysFrom(cause.id, symptoms, graph)]));
  const covers = (each: Assessment): readonly string[] => [...(ways.get(each.cause.id)?.keys() ?? [])];
  const confirmed = free.filter(({ verdict }) => verdict === "confirmed");
  const likely = free.filter(({ verdict }) => verdict === "likely");
  const left = symptoms.filter((id) => !confirmed.some((each) => covers(each).includes(id)));
  const more = symptoms.length === 0 ? likely : fewest(likely, covers, left);
  const roots = [...confirmed, ...more].sort(byRank);
  const unexplained = left.filter((id) => !more.some((each) => covers(each).includes(id)));
  return { roots, unexplained, ways };
}

function waysFrom(id: string, symptoms: readonly string[], graph: Graph): ReadonlyMap<string, readonly Step[]> {
  const ways = new Map<string, readonly Step[]>();
  for (const symptom of symptoms) {
    const way = wayTo(graph, id, symptom);
    if (way) ways.set(symptom, way);
  }
  return ways;
}

/** The smallest set of causes that covers what can be covered; of equal ones, the best-ranked. */
function fewest(
  likely: readonly Assessment[],
  covers: (each: Assessment) => readonly string[],
  wanted: readonly string[],
): readonly Assessment[] {
  const coverable = wanted.filter((id) => likely.some((each) => covers(each).includes(id)));
  if (coverable.length === 0) return [];
  const pool = likely.filter((each) => covers(each).some((id) => coverable.includes(id))).slice(0, 16);
  for (let size = 1; size <= Math.min(3, pool.length); size += 1) {
    const found = combination(pool, size, (set) =>
      coverable.every((id) => set.some((each) => covers(each).includes(id))),
    );
    if (found) return found;
  }
  return greedy(pool, covers, coverable);
}

function combination(
  pool: readonly Assessment[],
  size: number,
  enough: (set: readonly Assessment[]) => boolean,
  chosen: readonly Assessment[] = [],
): readonly Assessment[] | null {
  if (chosen.length === size) return enough(chosen) ? chosen : null;
  for (const [index, each] of pool.entries()) {
    const found = combination(pool.slice(index + 1), size, enough, [...chosen, each]);
    if (found) return found;
  }
  return null;
}

function greedy(
  pool: readonly Assessment[],
  covers: (each: Assessment) => readonly string[],
  wanted: readonly string[],
): readonly Assessment[] {
  const chosen: Assessment[] = [];
  let left = [...wanted];
  while (left.length > 0) {
    const gain = (each: Assessment): number => covers(each).filter((id) => left.includes(id)).length;
    const best = [...pool].sort((a, b) => gain(b) - gain(a))[0];
    if (!best || gain(best) === 0) return chosen;
    chosen.push(best);
    left = left.filter((id) => !covers(best).includes(id));
  }
  return chosen;
}

/** Verdict; number of independent matched rules; area; onset; id. */
export function byRank(a: Assessment, b: Assessment): number {
  return (
    strength[b.verdict] - strength[a.verdict] ||
    independentRules(b) - independentRules(a) ||
    areas.indexOf(a.cause.area) - areas.indexOf(b.cause.area) ||
    (a.onset ?? Number.POSITIVE_INFINITY) - (b.onset ?? Number.POSITIVE_INFINITY) ||
    (a.cause.id < b.cause.id ? -1 : a.cause.id > b.cause.id ? 1 : 0)
  );
}

/** Rules that bring a line no earlier rule of the same cause brought. */
export function independentRules(assessment: Assessment): number {
  const count = rulesOf.get(assessment) ?? countRules(assessment);
  rulesOf.set(assessment, count);
  return count;
}

const rulesOf = new WeakMap<Assessment, number>();

function countRules(assessment: Assessment): number {
  const seen = new Set<string>();
  let count = 0;
  for (const { outcome } of assessment.for) {
    const keys = outcome.proofs.map(({ key }) => key);
    if (keys.length > 0 && keys.every((key) => seen.has(key))) continue;
    for (const key of keys) seen.add(key);
    count += 1;
  }
  return count;
}
