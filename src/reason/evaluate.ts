import { type FactBase, stateOf } from "../facts/base.ts";
import type { FactValue, KnownFact, Row } from "../facts/fact.ts";
import type { LogLine, Stream } from "../facts/log.ts";
import { asList } from "../knowledge/knowledge.ts";
import type { Condition, FactCondition, LogCondition } from "../knowledge/schema.ts";
import { milliseconds } from "../shared/duration.ts";
import { and, fits, rowFits, type Truth } from "./compare.ts";
import type { Hit, Hits } from "./match.ts";
import { inTime } from "./match-order.ts";
import { falseOutcome, type Outcome, type Proof, trueOutcome, unknownOutcome } from "./outcome.ts";

/** What conditions are evaluated against. */
export interface World {
  readonly base: FactBase;
  readonly hits: Hits;
  /** Outcomes of the symptoms evaluated so far. */
  readonly symptoms: ReadonlyMap<string, Outcome>;
}

/** Streams that must have been read whole before "not found anywhere" means false. */
const mainStreams: readonly Stream[] = ["kubelet", "runtime", "kernel"];

export function evaluate(condition: Condition, world: World): Outcome {
  if ("all" in condition) return evaluateAll(condition.all.map((each) => evaluate(each, world)));
  if ("any" in condition) return evaluateAny(condition.any.map((each) => evaluate(each, world)));
  if ("fact" in condition) return evaluateFact(condition, world);
  if ("log" in condition) return evaluateLog(condition, world);
  if ("symptom" in condition) return world.symptoms.get(condition.symptom) ?? falseOutcome;
  return negate(evaluate(condition.not, world));
}

function evaluateAll(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.some(({ truth }) => truth === false)) return falseOutcome;
  const unknown = outcomes.filter(({ truth }) => truth === null);
  if (unknown.length > 0) return unknownOutcome(unknown.flatMap(({ missing }) => missing));
  return trueOutcome(
    outcomes.flatMap(({ proofs }) => proofs),
    Object.assign({}, ...[...outcomes].reverse().map(({ bound }) => bound)) as Outcome["bound"],
    outcomes.some(({ history }) => history),
  );
}

function evaluateAny(outcomes: readonly Outcome[]): Outcome {
  const present = outcomes.filter(({ truth, history }) => truth === true && !history);
  const matched = present.length > 0 ? present : outcomes.filter(({ truth }) => truth === true);
  if (matched.length > 0) {
    return trueOutcome(
      matched.flatMap(({ proofs }) => proofs),
      Object.assign({}, ...[...matched].reverse().map(({ bound }) => bound)) as Outcome["bound"],
      present.length === 0,
    );
  }
  const missing = outcomes.flatMap((each) => (each.truth === null ? each.missing : []));
  return outcomes.some(({ truth }) => truth === null) ? unknownOutcome(missing) : falseOutcome;
}

/** What was so only in history is neither so nor not so now. */
function negate(outcome: Outcome): Outcome {
  if (outcome.truth === null || (outcome.truth && outcome.history)) return unknownOutcome(outcome.missing);
  return outcome.truth ? falseOutcome : trueOutcome([], {});
}

function evaluateFact(condition: FactCondition, { base }: World): Outcome {
  const { fact } = condition;
  const state = stateOf(base, fact);
  if (state.kind === "unavailable") return unknownOutcome([fact]);
  if (state.kind === "absent") {
    return holdsWhenAbsent(condition) ? trueOutcome([absentProof(fact, state.from.asked)], {}) : falseOutcome;
  }
  const { truth, row } = testValue(condition, state.value, base);
  if (truth === null) return unknownOutcome([fact]);
  return truth ? trueOutcome([factProof(fact, state, row)], bindings(fact, state, row)) : falseOutcome;
}

function holdsWhenAbsent({ present, empty, noRow, some }: FactCondition): boolean {
  return present === false || empty === true || (noRow !== undefined && some === undefined);
}

function testValue(condition: FactCondition, value: FactValue, base: FactBase): { truth: Truth; row: Row | null } {
  const { fact: _, present, some, noRow, empty, ...matcher } = condition;
  const rows = Array.isArray(value) ? (value as readonly (Row | string)[]) : null;
  const found = some === undefined ? null : anyRow(base, rows, some);
  const truth = and([
    present !== false,
    fits(base, value, matcher),
    empty === undefined ? true : rows && (rows.length === 0) === empty,
    noRow === undefined ? true : negateTruth(anyRow(base, rows, noRow).truth),
    found === null ? true : found.truth,
  ]);
  return { truth, row: found?.row ?? null };
}

function negateTruth(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

function anyRow(
  base: FactBase,
  rows: readonly (Row | string)[] | null,
  wanted: Parameters<typeof rowFits>[2],
): { truth: Truth; row: Row | null } {
  if (rows === null) return { truth: null, row: null };
  let unknown = false;
  for (const row of rows) {
    if (typeof row === "string") continue;
    const truth = rowFits(base, row, wanted);
    if (truth) return { truth: true, row };
    if (truth === null) unknown = true;
  }
  return { truth: unknown ? null : false, row: null };
}

function factProof(name: string, state: KnownFact, row: Row | null): Proof {
  const shown = state.line ?? (row ? rowLine(name, row) : `${name} = ${valueText(state.value)}`);
  const since = state.since === null ? null : Date.parse(state.since);
  const key = row ? `${name} ${rowText(row)}` : name;
  return { key, source: state.from.probe, line: shown, at: since, log: null };
}

function absentProof(name: string, asked: readonly string[]): Proof {
  return { key: name, source: asked.join(" "), line: `${name}: not there`, at: null, log: null };
}

/** A row that remembers the line it was read from is shown by it. */
function rowLine(name: string, row: Row): string {
  return typeof row.line === "string" && row.line !== "" ? row.line : `${name} = ${rowText(row)}`;
}

function rowText(row: Row): string {
  return Object.entries(row)
    .filter(([, value]) => value !== null && value !== "")
    .map(([column, value]) => `${column} ${value}`)
    .join(", ");
}

function valueText(value: KnownFact["value"]): string {
  if (!Array.isArray(value)) return String(value);
  return (value as readonly (string | Row)[])
    .map((each) => (typeof each === "string" ? each : rowText(each)))
    .join("; ");
}

function bindings(name: string, state: KnownFact, row: Row | null): Outcome["bound"] {
  const bound: Record<string, string | number | boolean> = { [name]: valueText(state.value) };
  for (const [column, value] of Object.entries(row ?? {})) if (value !== null) bound[column] = value;
  return bound;
}

function evaluateLog(condition: LogCondition, world: World): Outcome {
  const { base, hits } = world;
  const inScope = (hit: Hit): boolean => !condition.in || condition.in.includes(hit.line.stream);
  const excused = new Set(
    asList(condition.unless).flatMap((source) => (hits.get(source) ?? []).map(({ line }) => line)),
  );
  const matched = uniqueLines(asList(condition.log).flatMap((source) => hits.get(source) ?? []));
  const found = inTime(matched, base.logs)
    .filter(inScope)
    .filter(({ line }) => !excused.has(line))
    .filter((hit) => condition.where === undefined || rowFits(base, hit.groups, condition.where) === true);
  const need = condition.atLeast ?? 1;
  const present = near(
    found.filter(({ line }) => !line.history && isRecent(line.at, condition.recent, base.now)),
    need,
    condition.within,
  );
  if (present.length >= need) return trueFrom(present, false);
  const ever = near(found, need, condition.within);
  if (ever.length >= need) return trueFrom(ever, true);
  const gaps = (condition.in ?? mainStreams).filter((stream) => !base.logs.get(stream)?.complete);
  return gaps.length > 0 ? unknownOutcome(gaps.map((stream) => `log:${stream}`)) : falseOutcome;
}

/** A line of unknown age, and any line where now is not known, counts as recent. */
function isRecent(at: number | null, recent: string | undefined, now: number | null): boolean {
  return recent === undefined || at === null || now === null || at >= now - milliseconds(recent);
}

export function lineKey(line: { readonly stream: Stream; readonly order: number }): string {
  return `${line.stream}#${line.order}`;
}

/** The first hit of each line. */
function uniqueLines(hits: readonly Hit[]): Iterable<Hit> {
  const byLine = new Map<LogLine, Hit>();
  for (const hit of hits) if (!byLine.has(hit.line)) byLine.set(hit.line, hit);
  return byLine.values();
}

/** The hits from the first group of `need` that lies within the time asked for; all, where none is asked. */
function near(hits: readonly Hit[], need: number, within: string | undefined): readonly Hit[] {
  if (within === undefined || hits.length < need) return hits;
  const span = milliseconds(within);
  for (let from = 0; from + need <= hits.length; from += 1) {
    const [first, last] = [hits[from]?.line.at ?? null, hits[from + need - 1]?.line.at ?? null];
    if (first === null || last === null || last - first <= span) return hits.slice(from);
  }
  return [];
}

function trueFrom(hits: readonly Hit[], history: boolean): Outcome {
  const proofs = hits.map(({ line }) => ({
    key: lineKey(line),
    source: line.where,
    line: line.text,
    at: line.at,
    log: line,
  }));
  const groups = Object.assign({}, ...[...hits].reverse().map((hit) => hit.groups)) as Outcome["bound"];
  return trueOutcome(proofs, { count: hits.length, ...groups }, history);
}
