import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { LogLine, LogStream, Stream } from "../facts/log.ts";
import type { Hit } from "./match.ts";
import { inTime } from "./match-order.ts";

type Stamps = Readonly<Partial<Record<Stream, readonly (number | null)[]>>>;

function logsOf(stamps: Stamps): ReadonlyMap<Stream, LogStream> {
  const streams = Object.entries(stamps) as [Stream, readonly (number | null)[]][];
  return new Map(
    streams.map(([stream, times]) => {
      const lines = times.map(
        (at, order): LogLine => ({
          stream,
          at,
          order,
          text: `${stream} ${order}`,
          program: null,
          pid: null,
          where: "test",
          history: false,
        }),
      );
      return [stream, { stream, lines, complete: true, gap: null }];
    }),
  );
}

const hitsOf = (logs: ReadonlyMap<Stream, LogStream>): Hit[] =>
  [...logs.values()].flatMap(({ lines }) => lines.map((line) => ({ line, groups: {} })));
const texts = (hits: readonly Hit[]): readonly string[] => hits.map(({ line }) => line.text);

describe("hits in time", () => {
  test("a line without a stamp follows the one before it in its stream", () => {
    const logs = logsOf({ kubelet: [50, null, 70], kernel: [60, null], runtime: [null, 65] });
    expect(texts(inTime(hitsOf(logs), logs))).toEqual([
      "runtime 0",
      "kubelet 0",
      "kubelet 1",
      "kernel 0",
      "kernel 1",
      "runtime 1",
      "kubelet 2",
    ]);
  });

  const stamp = fc.option(fc.integer({ min: 0, max: 5 }));
  const stamps = fc.record({
    kubelet: fc.array(stamp, { maxLength: 8 }),
    kernel: fc.array(stamp, { maxLength: 8 }),
    runtime: fc.array(stamp, { maxLength: 8 }),
  });

  test("come out the same however they came, and so do any of them", () => {
    const given = stamps.chain((times) => {
      const logs = logsOf(times);
      const hits = hitsOf(logs);
      return fc.record({ logs: fc.constant(logs), hits: fc.constant(hits), some: fc.shuffledSubarray(hits) });
    });
    fc.assert(
      fc.property(given, ({ logs, hits, some }) => {
        const all = inTime(hits, logs);
        expect(texts(inTime(some, logs))).toEqual(texts(all.filter((hit) => some.includes(hit))));
      }),
      { numRuns: 500 },
    );
  });

  test("stamps never run backwards", () => {
    fc.assert(
      fc.property(stamps, (times) => {
        const logs = logsOf(times);
        const known = inTime(hitsOf(logs), logs).flatMap(({ line }) => line.at ?? []);
        expect(known).toEqual([...known].sort((a, b) => a - b));
      }),
    );
  });
});
