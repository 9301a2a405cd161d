import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { makeGate } from "./match-gate.ts";

function foundIn(texts: readonly string[], line: string): readonly string[] {
  const found: string[] = [];
  makeGate(texts)(line, (text, end) => found.push(`${texts[text]}@${end}`));
  return found.sort();
}

function bySearching(texts: readonly string[], line: string): readonly string[] {
  const lower = line.toLowerCase();
  const found: string[] = [];
  for (const text of texts) {
    for (let at = lower.indexOf(text); at >= 0; at = lower.indexOf(text, at + 1))
      found.push(`${text}@${at + text.length}`);
  }
  return found.sort();
}

describe("the gate", () => {
  test("finds texts inside, behind and over one another, in either case", () => {
    expect(foundIn(["he", "she", "hers", "his"], "usHERS his")).toEqual(["he@4", "hers@6", "his@10", "she@4"].sort());
  });

  test("finds what RE2's (?i) takes for s and k", () => {
    expect(foundIn(["disk"], "di\u017fk di\u017f\u212a")).toEqual(["disk@4", "disk@9"]);
  });

  test("is not misled by characters that combine or take two units", () => {
    expect(foundIn(["died"], "\u{1f4a5}died\u0301 \ud83d died")).toEqual(["died@14", "died@6"].sort());
  });

  test("finds nothing where there is nothing to find", () => {
    expect([foundIn([], "anything"), foundIn(["any"], "")]).toEqual([[], []]);
  });

  const word = fc.string({ unit: fc.constantFrom(..."ab-1"), minLength: 1, maxLength: 5 });
  test("finds all that searching one by one finds", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom(..."abAB-1\u00e4"), maxLength: 40 }),
        (texts, line) => {
          expect(foundIn(texts, line)).toEqual(bySearching(texts, line));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
