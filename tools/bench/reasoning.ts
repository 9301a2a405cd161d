import { readFacts } from "../../src/facts/read.ts";
import { compilePattern, type Pattern } from "../../src/knowledge/pattern.ts";
import { makeMatcher } from "../../src/reason/match.ts";
import { reason } from "../../src/reason/reason.ts";
import type { Engine } from "../../src/usecases/engine.ts";
import { evidenceOf } from "./evidence.ts";
import { hostileJournal } from "./hostile.ts";
import { longJournal } from "./journal.ts";
import { measureMemory, measureStart } from "./memory.ts";
import { measureOthers, type Other, patience } from "./others.ts";
import { medianWork } from "./timing.ts";

const lines = 50_000;
const hostileLines = 60;
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
  const reading = medianWork(runs, () => void readFacts(set, registry));
  const matching = medianWork(runs, () => void match(base.logs));
  const matchingTwice = medianWork(runs, () => void matchTwice(base.logs));
  const after = medianWork(runs, () => void reason(base, knowledge, () => hits));
  const hostile = hostileJournal([...knowledge.patterns.values()], hostileLines);
  const hostileLogs = readFacts(evidenceOf(hostile), registry).logs;
  const resisting = medianWork(runs, () => void match(hostileLogs));
  const row = (what: string, seconds: number): string =>
    `| ${what} | ${seconds.toFixed(2)} | ${rate(bytes, seconds)} | ${(seconds / matching).toFixed(2)} x |`;
  return [
    `Journal: ${lines} lines, ${(bytes / 1e6).toFixed(1)} MB, the recorded nodes' own lines over and over; ${knowledge.patterns.size} patterns.`,
    "",
    `| what | seconds of CPU (median of ${runs}) | rate | to matching |`,
    "|---|---|---|---|",
    row("reading lines and stamps", reading),
    row("matching all patterns, with the pattern, the line and its time", matching),
    row(`matching ${more.size} patterns`, matchingTwice),
    row("reasoning after the match", after),
    "",
    `Lines of 8 KB that hold nothing but our patterns' own fixed texts, ${hostileLines} of them: ${rate(hostile.length, resisting)}.`,
    "",
    ...othersTable(measureOthers([...knowledge.patterns.keys()], journal)),
    "",
    ...memoryTable(journal),
    "",
    ...(await startTable()),
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

function memoryTable(journal: string): readonly string[] {
  const { node, knowledge, why } = measureMemory(journal);
  const row = (what: string, bytes: number): string =>
    `| ${what} | ${Math.round(bytes / 1e6)} MB | ${Math.round((bytes - node) / 1e6)} MB |`;
  return [
    "| the most memory a fresh process had resident | in all | beyond Node itself |",
    "|---|---|---|",
    row("`node -e 0`", node),
    row("`node-why knowledge list`", knowledge),
    row(`\`node-why why --bundle\` of these ${lines} lines`, why),
  ];
}

async function startTable(): Promise<readonly string[]> {
  const { node, version, help } = await measureStart();
  const row = (what: string, seconds: number): string =>
    `| ${what} | ${seconds.toFixed(3)} | ${(seconds / node).toFixed(1)} x |`;
  return [
    "| start | seconds | to Node's own |",
    "|---|---|---|",
    row("`node -e 0`", node),
    row("`node-why --version`", version),
    row("`node-why why --help`", help),
  ];
}
