import { textOf } from "../facts/base.ts";
import type { LogLine } from "../facts/log.ts";
import { asList, isLog, type Knowledge, walk } from "../knowledge/knowledge.ts";
import type { LogCondition, NoiseFile } from "../knowledge/schema.ts";
import { evaluate, lineKey, type World } from "./evaluate.ts";
import type { Outcome } from "./outcome.ts";

/** Alarming lines, each with why it is no alarm; null: nothing says so. */
export interface Alarm {
  readonly line: LogLine;
  readonly excuse: string | null;
}

/**
 * Every alarming line of the present, and whether noise or a rule's count bound excuses it.
 * `spoken`: lines that speak for some cause; that another cause would need more of them is no excuse.
 */
export function findAlarms(world: World, knowledge: Knowledge, spoken: ReadonlySet<string>): readonly Alarm[] {
  const excuses = excusedLines(world, knowledge, spoken);
  const alarms = new Map<string, Alarm>();
  for (const entry of knowledge.noise.alarming) {
    for (const { line } of world.hits.get(entry.log) ?? []) {
      if (line.history || (entry.in && !entry.in.includes(line.stream))) continue;
      alarms.set(lineKey(line), { line, excuse: excuses.get(lineKey(line)) ?? null });
    }
  }
  return [...alarms.values()];
}

function excusedLines(world: World, knowledge: Knowledge, spoken: ReadonlySet<string>): ReadonlyMap<string, string> {
  const excuses = new Map<string, string>();
  for (const entry of knowledge.noise.noise) {
    for (const line of noiseLines(entry, world)) excuses.set(lineKey(line), entry.because);
  }
  for (const bound of countBounds(knowledge)) {
    const lines = asList(bound.log).flatMap((source) => (world.hits.get(source) ?? []).map(({ line }) => line));
    if (new Set(lines.map(lineKey)).size >= (bound.atLeast ?? 1)) continue;
    for (const line of lines) {
      if (!spoken.has(lineKey(line))) excuses.set(lineKey(line), `means something only from ${bound.atLeast} lines on`);
    }
  }
  return excuses;
}

function noiseLines(entry: NoiseFile["noise"][number], world: World): readonly LogLine[] {
  if (entry.when !== undefined && evaluate(entry.when, world).truth !== true) return [];
  const hits = asList(entry.log).flatMap((source) => world.hits.get(source) ?? []);
  const lines = hits.map(({ line }) => line).filter(({ stream }) => !entry.in || entry.in.includes(stream));
  return entry.atMost !== undefined && lines.length > entry.atMost ? [] : lines;
}

function countBounds(knowledge: Knowledge): readonly LogCondition[] {
  const rules = [...knowledge.causes.values()].flatMap(({ rules }) => rules);
  return rules
    .flatMap(({ when }) => walk(when))
    .filter((each) => isLog(each))
    .filter(({ atLeast }) => (atLeast ?? 1) > 1);
}

/**
 * Nothing is wrong: no cause is confirmed or likely, every alarming line is excused, and something says that the node is
 * well: it is Ready or, where that is not shown, all that was shown of trouble are conditions that are excused. Excused
 * log lines beside a symptom are no health: the line that matters may not have been pasted.
 */
export function nothingWrong(alarms: readonly Alarm[], symptoms: readonly Outcome[], world: World): boolean {
  if (alarms.some(({ excuse }) => excuse === null)) return false;
  const ready = textOf(world.base, "node.ready");
  if (ready !== null) return ready === "True";
  return (
    alarms.length > 0 &&
    symptoms.every(({ proofs }) => proofs.every(({ log }) => (log?.stream ?? "conditions") === "conditions"))
  );
}
