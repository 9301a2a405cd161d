import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EvidenceSet, value } from "../../src/evidence/evidence.ts";
import { readFacts } from "../../src/facts/read.ts";
import { compilePattern, type Pattern } from "../../src/knowledge/pattern.ts";
import { makeMatcher } from "../../src/reason/match.ts";
import { reason } from "../../src/reason/reason.ts";
import type { Engine } from "../../src/usecases/engine.ts";
import { longJournal } from "./journal.ts";
import { median, timed } from "./timing.ts";

const lines = 50_000;
const runs = 5;

/** Matching and reasoning over a long journal, beside grep with the same patterns, in one run. */
export async function benchReasoning(engine: Engine): Promise<readonly string[]> {
  const journal = await longJournal(lines);
  const megabytes = Buffer.byteLength(journal) / 1e6;
  const set: EvidenceSet = {
    schema: 1,
    node: "bench",
    cluster: "bench",
    at: new Date().toISOString(),
    year: null,
    items: [
      { probe: "kubelet-journal", source: "ssh", asked: ["journalctl"], at: null, tookMs: 0, answer: value(journal) },
    ],
  };
  const match = makeMatcher(engine.knowledge);
  const doubled = makeMatcher({ patterns: twice(engine.knowledge.patterns) });
  const reading = await median(runs, () => void readFacts(set, engine.registry));
  const base = readFacts(set, engine.registry);
  const matching = await median(runs, () => void match(base.logs));
  const matchingTwice = await median(runs, () => void doubled(base.logs));
  const whole = await median(runs, () => void reason(base, engine.knowledge, match));
  const grep = grepSeconds([...engine.knowledge.patterns.keys()], journal);
  const rate = (seconds: number): string => `${(megabytes / seconds).toFixed(1)} MB/s`;
  return [
    `Journal: ${lines} lines, ${megabytes.toFixed(1)} MB; ${engine.knowledge.patterns.size} patterns.`,
    "",
    "| what | seconds (median of 5) | rate | to matching |",
    "|---|---|---|---|",
    row("reading lines and stamps", reading, rate(reading), matching),
    row("matching all patterns", matching, rate(matching), matching),
    row("matching twice as many patterns", matchingTwice, rate(matchingTwice), matching),
    row("matching and reasoning", whole, rate(whole), matching),
    row("`grep -c -E -f` with the same patterns as EREs", grep, rate(grep), matching),
    "",
    `Reasoning after the match: ${(((whole - matching) / matching) * 100).toFixed(1)} % of the match. Memory: ${Math.round(process.memoryUsage().rss / 1e6)} MB resident.`,
  ];
}

function row(what: string, seconds: number, rate: string, unit: number): string {
  return `| ${what} | ${seconds.toFixed(2)} | ${rate} | ${(seconds / unit).toFixed(2)} x |`;
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

function grepSeconds(patterns: readonly string[], journal: string): number {
  const folder = mkdtempSync(join(tmpdir(), "node-why-bench-"));
  try {
    writeFileSync(join(folder, "journal"), journal);
    writeFileSync(join(folder, "patterns"), patterns.map(asEre).join("\n"));
    const argv = ["-c", "-E", "-f", join(folder, "patterns"), join(folder, "journal")];
    return timed(() => void execFileSync("grep", argv, { env: { LC_ALL: "C" }, stdio: ["ignore", "pipe", "inherit"] }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** RE2's shorthands in the words of POSIX; what has no equal (flags, laziness) is left out. */
function asEre(pattern: string): string {
  return pattern
    .replace(/\(\?[imsU-]+\)/g, "")
    .replace(/\(\?(?:P?<\w+>|[imsU-]*:)/g, "(")
    .replace(/\\d/g, "[0-9]")
    .replace(/\\s/g, "[[:space:]]")
    .replace(/\\S/g, "[^[:space:]]")
    .replace(/([*+?}])\?/g, "$1");
}
