import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { longestLine, readLines } from "../facts/lines.ts";
import { compilePattern, type Pattern } from "../knowledge/pattern.ts";
import { makeMatcher } from "./match.ts";

function patternOf(source: string): Pattern {
  const compiled = compilePattern(source);
  if (!compiled.ok) throw new Error(compiled.problem);
  return compiled.value;
}

function matches(pattern: Pattern, text: string): boolean {
  const lines = readLines("kubelet", text, "test", null);
  const hits = makeMatcher({ patterns: new Map([[pattern.source, pattern]]) })(
    new Map([["kubelet", { stream: "kubelet", lines, complete: true, gap: null }]]),
  );
  return (hits.get(pattern.source)?.length ?? 0) > 0;
}

/** Long enough to be read in parts. */
const wide = (...parts: readonly string[]): string => parts.join(" . ".repeat(500));

describe("a long line", () => {
  test.each<[string, string, boolean]>([
    ["needle", wide("a", "needle", "b"), true],
    ["^needle", wide("needle", "b"), true],
    ["^needle", wide("a", "needle", "b"), false],
    ["^needle", `${"x".repeat(2_000)}needle`, false],
    ["needle$", wide("a", "needle"), true],
    ["needle$", `needle${"x".repeat(2_000)}`, false],
    ["\\bneedle\\b", `${"x".repeat(2_000)}needle${"x".repeat(2_000)}`, false],
    ["\\bneedle\\b", wide("a", "needle", "b"), true],
    ["\\Bneedle", `${"x".repeat(2_000)}needle .`, true],
    ["needle.{0,20}thread", wide("needle", "thread"), false],
    ["needle.{0,20}thread", wide("needle", "needle and thread"), true],
    ["needle [0-9]+ thread", wide("needle", `needle ${"7".repeat(1_500)} thread`), true],
    ["needle\\s+thread", wide("needle", `needle${" ".repeat(1_500)}thread`), true],
    ["needle.*thread", wide("needle", "thread"), true],
    [".{0,3}needle.{3}!", wide("a", "needle\u{1f4a5}\u{1f4a5}\u{1f4a5}!", "b"), true],
    ["(needle|thread) (of|from) steel", wide("needle", "thread", "needle of", "thread from steel"), true],
  ])("%s", (source, text, expected) => {
    expect(matches(patternOf(source), text)).toBe(expected);
  });

  const atom = fc.constantFrom(
    "ab",
    "c ",
    ".",
    "[xy]",
    "d?",
    "[0-9]+",
    "\\s+",
    "(gh|ij)",
    "(k|lm)?",
    "\\bn",
    "x{2}",
    ".{0,9}",
    "\\w*",
  );
  const source = fc
    .tuple(fc.array(atom, { maxLength: 4 }), fc.constantFrom("need", "(need|thre)"), fc.array(atom, { maxLength: 4 }))
    .map(([before, fixed, after]) => `${before.join("")}${fixed}${after.join("")}`);
  const ended = fc.tuple(fc.constantFrom("", "^", "\\b"), source, fc.constantFrom("", "$", "\\b"));
  const piece = fc.oneof(
    fc.constantFrom("need", "thre", " ", "ab", "c ", "gh", "77", "xx", "n", "lm", "\u{1f4a5}", "ne"),
    fc.constantFrom(" . ".repeat(300), "z".repeat(300), " ".repeat(300)),
  );
  const text = fc.array(piece, { minLength: 5, maxLength: 40 }).map((pieces) => pieces.join(""));

  test("is judged in parts as it is whole", () => {
    fc.assert(
      fc.property(ended, text, (parts, line) => {
        const pattern = patternOf(parts.join(""));
        const whole = `${" .".repeat(600)}${line}`.slice(0, longestLine);
        expect(matches(pattern, whole)).toBe(pattern.match(whole) !== null);
      }),
      { numRuns: 1_000 },
    );
  });
});
