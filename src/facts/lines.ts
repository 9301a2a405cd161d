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
  let order = 0;
  for (const text of raw.split(/\r?\n/)) {
    if (text.trim() === "") continue;
    const clean = cleaned(text);
    const writer = writerOf(clean);
    lines.push({ stream, text: clean, at: stampOf(clean, year), order, where, history: false, ...writer });
    order += 1;
  }
  return lines;
}

/** An over-long line keeps its beginning. */
function cleaned(text: string): string {
  return printable(text.length > longestLine ? text.slice(0, longestLine) : text);
}

function writerOf(text: string): { program: string | null; pid: number | null } {
  const found = origin.exec(text.slice(0, 200));
  if (!found) return { program: null, pid: null };
  return { program: found[1] ?? null, pid: found[2] === undefined ? null : Number(found[2]) };
}
