import type { FactBase } from "../facts/base.ts";
import type { Knowledge, Symptom } from "../knowledge/knowledge.ts";
import type { Verdict } from "../knowledge/schema.ts";
import { type Assessment, assess } from "./assess.ts";
import { evaluate, type World } from "./evaluate.ts";
import type { Graph, Step } from "./graph.ts";
import type { Matcher } from "./match.ts";
import { type Alarm, findAlarms, nothingWrong } from "./none.ts";
import { falseOutcome, type Outcome } from "./outcome.ts";
import { byRank, type Effects, findEffects, findRoots } from "./roots.ts";

/** What reasoning comes to: everything the report says, as data. */
export interface Reasoning {
  /** Of the whole: `none` means nothing is wrong now. */
  readonly verdict: "confirmed" | "likely" | "possible" | "unknown" | "none";
  readonly roots: readonly Assessment[];
  /** Roots first, then their effects, then other confirmed, likely, possible; then unknown; ruled-out last. */
  readonly ranked: readonly Assessment[];
  readonly effects: Effects;
  readonly symptoms: ReadonlyMap<string, Outcome>;
  readonly unexplained: readonly string[];
  /** From each root to each symptom it explains. */
  readonly ways: ReadonlyMap<string, ReadonlyMap<string, readonly Step[]>>;
  readonly alarms: readonly Alarm[];
}

/** A pure function of facts and knowledge: the same two give the same reasoning, always. */
export function reason(base: FactBase, knowledge: Knowledge, match: Matcher): Reasoning {
  const hits = match(base.logs);
  const symptoms = observeSymptoms(base, knowledge, hits);
  const world: World = { base, hits, symptoms };
  const assessed = [...knowledge.causes.values()]
    .filter(({ id, maturity }) => id !== "none" && maturity !== "sandbox")
    .map((cause) => assess(cause, world, knowledge));
  const candidates = assessed.filter(({ verdict }) => ["confirmed", "likely", "possible"].includes(verdict));
  const graph: Graph = {
    edges: knowledge.edges,
    closed: new Set(assessed.filter(({ verdict }) => verdict === "ruled-out").map(({ cause }) => cause.id)),
    onsets: onsetsOf(assessed, symptoms),
  };
  const shown = [...symptoms].filter(([, each]) => each.truth === true && !each.history);
  const observed = shown.map(([id]) => id);
  const effects = findEffects(candidates, graph);
  const { roots, unexplained, ways } = findRoots(candidates, effects, observed, graph);
  const alarms = findAlarms(world, knowledge, linesOf(candidates));
  const calm =
    roots.length === 0 &&
    nothingWrong(
      alarms,
      shown.map(([, outcome]) => outcome),
      world,
    );
  return {
    verdict: calm ? "none" : overall(roots, effects, observed, ways),
    roots,
    ranked: rank(assessed, roots, effects, calm, knowledge),
    effects,
    symptoms: new Map([...symptoms].filter(([, each]) => each.truth === true)),
    unexplained,
    ways,
    alarms,
  };
}

function linesOf(candidates: readonly Assessment[]): ReadonlySet<string> {
  const proofs = candidates.flatMap((each) => each.for).flatMap(({ outcome }) => outcome.proofs);
  return new Set(proofs.map(({ key }) => key));
}

/** Symptoms may build on earlier ones, so they are looked at until nothing changes. */
function observeSymptoms(base: FactBase, knowledge: Knowledge, hits: World["hits"]): ReadonlyMap<string, Outcome> {
  const symptoms = new Map<string, Outcome>();
  for (let round = 0; round < 2; round += 1) {
    for (const [id, symptom] of knowledge.symptoms) symptoms.set(id, observe(symptom, { base, hits, symptoms }));
  }
  return symptoms;
}

function observe({ when, unless }: Symptom, world: World): Outcome {
  const gone = unless !== undefined && evaluate(unless, world).truth === true;
  return gone ? falseOutcome : evaluate(when, world);
}

function onsetsOf(
  assessed: readonly Assessment[],
  symptoms: ReadonlyMap<string, Outcome>,
): ReadonlyMap<string, number> {
  const onsets = new Map<string, number>();
  for (const { cause, onset } of assessed) if (onset !== null) onsets.set(cause.id, onset);
  for (const [id, { truth, proofs }] of symptoms) {
    const stamped = truth ? proofs.filter(({ at }) => at !== null) : [];
    // What the API says of now knows since when; an event may be of the time before.
    const facts = stamped.filter(({ log }) => log === null);
    const stamps = (facts.length > 0 ? facts : stamped).flatMap(({ at }) => at ?? []);
    if (stamps.length > 0) onsets.set(id, Math.min(...stamps));
  }
  return onsets;
}

/** Confirmed as a whole only if confirmed roots lead to every symptom and nothing may lie behind them. */
function overall(
  roots: readonly Assessment[],
  effects: Effects,
  observed: readonly string[],
  ways: Reasoning["ways"],
): Reasoning["verdict"] {
  const first = roots[0];
  if (!first) return "unknown";
  const confirmed = roots.filter(({ verdict }) => verdict === "confirmed");
  const covered = observed.every((id) => confirmed.some(({ cause }) => ways.get(cause.id)?.has(id)));
  const behind = confirmed.some(({ cause }) => effects.behind.has(cause.id));
  return confirmed.length > 0 && covered && !behind ? "confirmed" : "likely";
}

function rank(
  assessed: readonly Assessment[],
  roots: readonly Assessment[],
  effects: Effects,
  calm: boolean,
  knowledge: Knowledge,
): readonly Assessment[] {
  const of = (verdict: Verdict): Assessment[] => assessed.filter((each) => each.verdict === verdict).sort(byRank);
  const positive = [...of("confirmed"), ...of("likely"), ...of("possible")];
  const rootIds = new Set(roots.map(({ cause }) => cause.id));
  const below = positive.filter(({ cause }) => rootIds.has(rootOf(cause.id, effects)) && !rootIds.has(cause.id));
  const others = positive.filter((each) => !rootIds.has(each.cause.id) && !below.includes(each));
  const none = knowledge.causes.get("none");
  const calmFirst: Assessment[] =
    calm && none ? [{ cause: none, verdict: "likely", for: [], against: [], open: [], onset: null, bound: {} }] : [];
  return [...calmFirst, ...roots, ...below, ...byEffect(others, effects), ...of("unknown"), ...of("ruled-out")];
}

/** Among causes of one verdict, what may lie behind comes before what it leads to. */
function byEffect(others: readonly Assessment[], effects: Effects): readonly Assessment[] {
  const depth = (each: Assessment): number => (effects.of.has(each.cause.id) ? 1 : 0);
  return [...others].sort((a, b) => byVerdict(a, b) || depth(a) - depth(b) || byRank(a, b));
}

function byVerdict(a: Assessment, b: Assessment): number {
  const order = ["confirmed", "likely", "possible"];
  return order.indexOf(a.verdict) - order.indexOf(b.verdict);
}

function rootOf(id: string, effects: Effects): string {
  let at = id;
  for (let steps = 0; steps < 20; steps += 1) {
    const up = effects.of.get(at);
    if (up === undefined) return at;
    at = up;
  }
  return at;
}
