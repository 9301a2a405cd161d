import { readFacts } from "../../src/facts/read.ts";
import { compilePattern, type Pattern } from "../../src/knowledge/pattern.ts";
import { makeMatcher } from "../../src/reason/match.ts";
import { reason } from "../../src/reason/reason.ts";
import type { Engine } from "../../src/usecases/engine.ts";
import { evidenceOf } from "./evidence.ts";
import { longJournal } from "./journal.ts";
import { measureMemory } from "./memory.ts";
import { measureOthers, type Other, patience } from "./others.ts";
import { median } from "./timing.ts";

const lines = 50_000;
const runs = 5;

/** Matching and reasoning over a long journal, beside grep and ripgrep with the same patterns, in one run. */
export async function benchReasoning({ knowledge, registry }: Engine): Promise<readonly string[]> {
  const journal = await longJournal(lines);
  const bytes = Buffer.byteLength(journal);
  const set = evidenceOf(journal);
  const match = makeMatcher(knowledge);
  const more = twice(knowledge.patterns);
  const matchTwice = makeMatcher({ patterns: more });
  const base = readFacts(set, registry);
  const hits = match(base.logs);
  const reading = await median(runs, () => void readFacts(set, registry));
  const matching = await median(runs, () => void match(base.logs));
  const matchingTwice = await median(runs, () => void matchTwice(base.logs));
  const after = await median(runs, () => void reason(base, knowledge, () => hits));
  const row = (what: string, seconds: number): string =>
    `| ${what} | ${seconds.toFixed(2)} | ${rate(bytes, seconds)} | ${(seconds / matching).toFixed(2)} x |`;
  return [
    `Journal: ${lines} lines, ${(bytes / 1e6).toFixed(1)} MB, the recorded nodes' own lines over and over; ${knowledge.patterns.size} patterns.`,
    "",
    `| what | seconds (median of ${runs}) | rate | to matching |`,
    "|---|---|---|---|",
    row("reading lines and stamps", reading),
    row("matching all patterns, with the pattern, the line and its time", matching),
    row(`matching ${more.size} patterns`, matchingTwice),
    row("reasoning after the match", after),
    "",
    ...othersTable(measureOthers([...knowledge.patterns.keys()], journal)),
    "",
    memoryLine(),
  ];
}

function rate(bytes: number, seconds: number): string {
  return `${(bytes / 1e6 / seconds).toFixed(1)} MB/s`;
}

/** As many patterns again, each with other words, so that both the gate and the list double. */
function twice(patterns: ReadonlyMap<string, Pattern>): ReadonlyMap<string, Pattern> {
  const more = new Map(patterns);
  for (const source of patterns.keys()) {
    const changed = compilePattern(`(?:${source})zq`);
    if (changed.ok) more.set(changed.value.source, changed.value);
  }
  return more;
}

/** One run each: they say which lines match any pattern, not which pattern nor what it binds. */
function othersTable(others: readonly Other[]): readonly string[] {
  return [
    "Beside it, one run each. These say that a line matches some pattern, neither which one nor what it binds;",
    "their rate is that beyond the first line, so that compiling the patterns does not count against them.",
    "",
    "| what | lines | compiling and one line, s | all these lines, s | rate beyond the first |",
    "|---|---|---|---|---|",
    ...others.map(({ what, lines: count, bytes, seconds, start }) =>
      [
        `| ${what}`,
        count,
        start === null ? `over ${patience / 1000}` : start.toFixed(2),
        seconds === null ? `over ${patience / 1000}, stopped` : seconds.toFixed(2),
        `${beyondStart(bytes, seconds, start)} |`,
      ].join(" | "),
    ),
  ];
}

function beyondStart(bytes: number, seconds: number | null, start: number | null): string {
  if (start === null) return "not known";
  if (seconds === null) return `under ${slow(bytes, patience / 1000 - start)}`;
  return slow(bytes, Math.max(seconds - start, 0.001));
}

/** Rates far below one MB/s read better in kB/s. */
function slow(bytes: number, seconds: number): string {
  const each = bytes / seconds;
  return each < 1e6 ? `${(each / 1e3).toFixed(1)} kB/s` : rate(bytes, seconds);
}

function memoryLine(): string {
  const { before, after, most } = measureMemory(lines);
  const megabytes = (count: number): string => `${Math.round(count / 1e6)} MB`;
  return `Memory of a fresh process: ${megabytes(before)} resident with the engine made and the journal in hand, ${megabytes(after)} after judging it (${megabytes(after - before)} more; the most it ever had: ${megabytes(most)}).`;
}
