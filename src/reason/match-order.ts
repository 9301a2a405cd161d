import type { LogLine, LogStream, Stream } from "../facts/log.ts";
import type { Hit } from "./match.ts";

/** A dump of a program's threads may be long; what is further from any stamp than this has no time. */
const furthestStamp = 500;

/**
 * Oldest first. A line without a stamp goes behind the line that it follows in its stream, and before all others where
 * there is none: one order for any set of lines, however they came.
 */
export function inTime(hits: Iterable<Hit>, logs: ReadonlyMap<Stream, LogStream>): Hit[] {
  const placed = [...hits].map((hit) => ({ hit, at: momentOf(hit.line, logs.get(hit.line.stream)?.lines ?? []) }));
  return placed.sort((a, b) => compare(a.at, b.at) || byPlace(a.hit.line, b.hit.line)).map(({ hit }) => hit);
}

function momentOf(line: LogLine, stream: readonly LogLine[]): number {
  for (let index = line.order; index >= 0 && index > line.order - furthestStamp; index -= 1) {
    const at = index === line.order ? line.at : (stream[index]?.at ?? null);
    if (at !== null) return at;
  }
  return Number.NEGATIVE_INFINITY;
}

function byPlace(a: LogLine, b: LogLine): number {
  return compare(a.stream, b.stream) || a.order - b.order;
}

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
