import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { outlineOf } from "./literals.ts";
import { compilePattern } from "./pattern.ts";

describe("required literals", () => {
  test.each<[string, readonly string[] | null]>([
    ["disk died", ["disk died"]],
    ["(?i)Disk Died", ["disk died"]],
    ["swap on .{1,20}not supported", ["not supported"]],
    ["(foo|barbaz) qux?", ["foo", "barbaz"]],
    ["unknown flag: --(?P<flag>[a-z-]+)", ["unknown flag: --"]],
    ["a+b", ["a"]],
    ["(optional)?needed", ["needed"]],
    ["(any|)thing", ["thing"]],
    ["x{0,3}y{2,}", ["y"]],
    ["\\[ERROR\\]", ["[error]"]],
    ["[a-z]+", null],
    ["foo|\\d+", null],
    ["", null],
  ])("%s", (pattern, expected) => {
    expect(outlineOf(pattern)?.rarest ?? null).toEqual(expected);
  });

  const atoms = fc.constantFrom(
    "ab",
    "c",
    ".",
    "[xy]",
    "d?",
    "e+",
    "f*",
    "(gh|ij)",
    "(k|lm)?",
    "\\.",
    "\\d",
    "(?:no)",
    "q{2}",
    "r{0,2}",
  );
  const patterns = fc
    .array(fc.array(atoms, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 })
    .map((branches) => branches.map((parts) => parts.join("")).join("|"));
  test("a line that matches holds one of them", () => {
    fc.assert(
      fc.property(
        patterns,
        fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrxy.1"), maxLength: 30 }),
        (pattern, line) => {
          const literals = outlineOf(pattern)?.rarest ?? null;
          if (literals === null || !new RegExp(pattern).test(line)) return;
          expect(literals.some((literal) => line.toLowerCase().includes(literal))).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe("a pattern", () => {
  test("binds its named groups", () => {
    const compiled = compilePattern("unknown flag: --(?P<flag>[a-z-]+)");
    expect(compiled.ok && compiled.value.match("Error: unknown flag: --network-plugin")).toEqual({
      flag: "network-plugin",
    });
  });
  test.each(["(?=look)ahead", "(back)\\1", "(unclosed", "\\d+", "ab"])("%s is refused", (source) => {
    expect(compilePattern(source).ok).toBe(false);
  });
  test("one that is catastrophic elsewhere stays linear", () => {
    const compiled = compilePattern("(a+)+bcd");
    expect(compiled.ok && compiled.value.match("a".repeat(50_000))).toBeNull();
  });
});
