import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readLines } from "../facts/lines.ts";
import type { LogStream, Stream } from "../facts/log.ts";
import { holdsInOrder, outlineOf } from "../knowledge/literals.ts";
import { compilePattern, type Pattern } from "../knowledge/pattern.ts";
import { makeMatcher } from "./match.ts";

const patternsOf = (...sources: readonly string[]): ReadonlyMap<string, Pattern> =>
  new Map(
    sources.map((source) => {
      const compiled = compilePattern(source);
      if (!compiled.ok) throw new Error(compiled.problem);
      return [source, compiled.value];
    }),
  );

const kubelet = (...texts: readonly string[]): ReadonlyMap<Stream, LogStream> => {
  const lines = readLines("kubelet", texts.join("\n"), "test", null);
  return new Map([["kubelet", { stream: "kubelet", lines, complete: true, gap: null }]]);
};

describe("the matcher", () => {
  test("finds each pattern's lines and reads their groups", () => {
    const match = makeMatcher({ patterns: patternsOf("disk (?P<disk>sd[a-z]) died", "(?i)DIED", "never there") });
    const hits = match(kubelet("disk sda died", "disk nvme died", "all is well"));
    const found = [...hits].map(([source, list]) => [source, list.map(({ line, groups }) => [line.order, groups])]);
    expect(new Map(found as [string, unknown][])).toEqual(
      new Map<string, unknown>([
        ["disk (?P<disk>sd[a-z]) died", [[0, { disk: "sda" }]]],
        [
          "(?i)DIED",
          [
            [0, {}],
            [1, {}],
          ],
        ],
      ]),
    );
  });

  test("a short line and one too long for an automaton are judged alike", () => {
    const match = makeMatcher({ patterns: patternsOf("first.*second") });
    const hits = match(kubelet("first, second", `first${" ".repeat(3_000)}second`, `second${" ".repeat(3_000)}first`));
    expect(hits.get("first.*second")?.map(({ line }) => line.order)).toEqual([0, 1]);
  });

  test("of very many lines the oldest and the newest stay", () => {
    const texts = Array.from({ length: 10_050 }, (_, index) => `the disk died ${index}`);
    const found = makeMatcher({ patterns: patternsOf("disk died") })(kubelet(...texts)).get("disk died");
    expect([found?.length, found?.at(0)?.line.order, found?.at(-1)?.line.order]).toEqual([10_000, 0, 10_049]);
  });

  test("lines made to swell the automata leave them small", () => {
    const sources = Array.from({ length: 40 }, (_, index) => `begin${index}[ab]{0,400}a[ab]{300}end${index}`);
    const patterns = patternsOf(...sources);
    const noise = (seed: number): string =>
      Array.from({ length: 850 }, (_, at) => ((Math.imul(at + seed, 2_654_435_761) >>> 16) & 1 ? "a" : "b")).join("");
    const texts = sources.map((_, index) => `begin${index}${noise(index * 977)}end${index}`);
    makeMatcher({ patterns })(kubelet(...texts));
    const held = [...patterns.values()].reduce((sum, pattern) => sum + pattern.size(), 0);
    expect(held).toBeLessThan(28 * 2 ** 20);
  });
});

describe("fixed texts in order", () => {
  test.each<[string, readonly (readonly string[])[] | null]>([
    ["disk .{0,9} died", [["disk "], [" died"]]],
    ["(one|two) and (?:three|four)?", [["one", "two"], [" and "]]],
    ["\\bclass[a-z]+end$", [["class"], ["end"]]],
    ["lit\\Q.*\\E", null],
    ["(?<=behind)ahead", null],
    ["naïve", [["na"], ["ve"]]],
  ])("%s", (pattern, expected) => {
    expect(outlineOf(pattern)?.order ?? null).toEqual(expected);
  });

  const atom = fc.constantFrom(
    "ab",
    "C",
    ".",
    "[xy]",
    "d?",
    "e+",
    "(gh|ij)",
    "(k|lm)?",
    "(n(o|pq)r|s)",
    "q{2}",
    "t{0,2}",
  );
  const branch = fc.array(atom, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
  const pattern = fc.array(branch, { minLength: 1, maxLength: 3 }).map((branches) => branches.join("|"));
  const line = fc.string({ unit: fc.constantFrom(..."abCdeghijklmnopqrstxy"), maxLength: 40 });

  test("every line that matches holds them in order", () => {
    fc.assert(
      fc.property(pattern, line, (source, text) => {
        const order = outlineOf(source)?.order ?? null;
        fc.pre(order !== null && new RegExp(source).test(text));
        expect(holdsInOrder(text.toLowerCase(), order ?? [])).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
