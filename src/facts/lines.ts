import { printable } from "../shared/printable.ts";
import type { LogLine, Stream } from "./log.ts";
import { stampOf } from "./stamp.ts";

/** Lines longer than this are cut for matching and showing; a 5 MB line is hostile or broken. */
export const longestLine = 8_192;

/** `<stamp> n3 kubelet[77]: …` as the journal and syslog write it; the pid may be missing. */
const origin = /^(?:[A-Z][a-z]{2} +\d{1,2} [\d:.]+|\d{4}-\S+) \S+ ([\w.@:/-]+?)(?:\[(\d+)\])?: /;

/** Splits a stream's raw text into lines with their times and writers. */
export function readLines(stream: Stream, raw: string, where: string, year: number | null): LogLine[] {
  const lines: LogLine[] = [];
  for (let from = 0; from < raw.length; ) {
    const end = endOfLine(raw, from);
    const text = cleaned(raw, from, end);
    from = end + 1;
    if (!/\S/.test(text)) continue;
    const { program, pid } = writerOf(text);
    lines.push({ stream, text, at: stampOf(text, year), order: lines.length, program, pid, where, history: false });
  }
  return lines;
}

function endOfLine(raw: string, from: number): number {
  const end = raw.indexOf("\n", from);
  return end < 0 ? raw.length : end;
}

/** An over-long line keeps its beginning. */
function cleaned(raw: string, from: number, end: number): string {
  const lineEnd = end > from && raw[end - 1] === "\r" ? end - 1 : end;
  return printable(raw.slice(from, Math.min(lineEnd, from + longestLine)));
}

function writerOf(text: string): { program: string | null; pid: number | null } {
  const found = origin.exec(text.slice(0, 200));
  if (!found) return { program: null, pid: null };
  return { program: found[1] ?? null, pid: found[2] === undefined ? null : Number(found[2]) };
}
