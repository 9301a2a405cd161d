import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** grep and ripgrep with the same patterns. They say which lines match, not which pattern, and bind nothing. */

export interface Other {
  readonly what: string;
  readonly lines: number;
  readonly bytes: number;
  /** For these lines, start included; null: not done in the time allowed. */
  readonly seconds: number | null;
  /** For one line: what compiling the patterns costs. */
  readonly start: number | null;
}

export const patience = 30_000;
/** grep with so many patterns is slow, so it gets few lines; its rate is measured beyond its start. */
const grepLines = 100;

export function measureOthers(patterns: readonly string[], journal: string): readonly Other[] {
  const folder = mkdtempSync(join(tmpdir(), "node-why-bench-"));
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    const one = put("one", headOf(journal, 1));
    const some = { file: put("some", headOf(journal, grepLines)), text: headOf(journal, grepLines) };
    const all = { file: put("all", journal), text: journal };
    const eres = put("eres", patterns.map(asEre).join("\n"));
    const nameless = put("nameless", patterns.map(withoutNames).join("\n"));
    const ripgrep = ["rg", "-c", "--regex-size-limit=2G", "--dfa-size-limit=2G", "-f", nameless];
    return [
      run("`grep -c -E -f`, the same patterns as EREs", ["grep", "-c", "-E", "-f", eres], one, some),
      ...(installed("rg") ? [run("`rg -c -f`, the same patterns without group names", ripgrep, one, all)] : []),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Sample {
  readonly file: string;
  readonly text: string;
}

function run(what: string, argv: readonly string[], one: string, sample: Sample): Other {
  const start = seconds([...argv, one]);
  const whole = start === null ? null : seconds([...argv, sample.file]);
  const lines = sample.text.split("\n").length;
  return { what, lines, bytes: Buffer.byteLength(sample.text), seconds: whole, start };
}

/** Wall seconds; null: killed after `patience`. Throws where the tool refused the patterns. */
function seconds([command = "", ...argv]: readonly string[]): number | null {
  const began = performance.now();
  const env = { LC_ALL: "C", PATH: process.env.PATH ?? "" };
  const done = spawnSync(command, argv, { env, timeout: patience, encoding: "utf8" });
  if (done.signal !== null) return null;
  if (done.status !== 0 && done.status !== 1) throw new Error(`${command}: ${done.stderr.slice(-300)}`);
  return (performance.now() - began) / 1000;
}

function installed(command: string): boolean {
  return spawnSync(command, ["--version"]).status === 0;
}

function headOf(text: string, lines: number): string {
  return text.split("\n").slice(0, lines).join("\n");
}

function withoutNames(pattern: string): string {
  return pattern.replace(/\(\?P?<\w+>/g, "(?:");
}

/** RE2's shorthands in the words of POSIX; what has no equal (flags, laziness) is left out. */
function asEre(pattern: string): string {
  return withoutNames(pattern)
    .replace(/\(\?[imsU-]+\)/g, "")
    .replace(/\(\?[imsU-]*:/g, "(")
    .replace(/\\d/g, "[0-9]")
    .replace(/\\s/g, "[[:space:]]")
    .replace(/\\S/g, "[^[:space:]]")
    .replace(/([*+?}])\?/g, "$1");
}
