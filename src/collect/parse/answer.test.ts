import { describe, expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { askedWords, isFiltered, isLive, isWhole, linesOf, statusOf, textOf } from "./answer.ts";

test("both streams are read as one, without NULs and without a noted status", () => {
  expect(textOf(value("a\0b", { stderr: "c" }))).toBe("a b\nc");
  expect(linesOf(value("}[exit 0]"))).toEqual(["}"]);
  expect(linesOf(value("a\r\nrc=1\nb\n[exit 0]\n"))).toEqual(["a", "b", ""]);
  expect(textOf(unavailable("timed-out", ""))).toBe("");
});

test("a line of a megabyte is cut", () => {
  expect(linesOf(value("x".repeat(1_000_000)))[0]).toHaveLength(16_384);
});

test.each([
  ["noted in the text", value("x\nrc=1\n[exit 0]"), 1],
  ["noted at the end", value("x\n[exit 3]", { exitCode: 0 }), 3],
  ["as reported", value("x", { exitCode: 7 }), 7],
  ["unknown", value("x", { exitCode: null }), null],
])("a status %s", (_, answer, status) => {
  expect(statusOf(answer)).toBe(status);
});

test("only an answer that was neither cut nor chosen from is whole", () => {
  expect(
    [value(""), value("", { truncated: true }), value("", { excerpt: true }), unavailable("hung", "")].map(isWhole),
  ).toEqual([true, false, false, false]);
});

describe("questions", () => {
  test("live ones are an argv; a case's are one text", () => {
    expect(isLive(["date", "-u"])).toBe(true);
    expect(askedWords(["df", "-Pk", "/a;b"])).toEqual(["df", "-Pk", "/a;b"]);
    expect(askedWords(["free -m; cat '/proc/swaps' | head"])).toEqual(["free", "-m", "cat", "/proc/swaps", "head"]);
  });

  test.each([
    [["ps aux | grep x"], true],
    [["a || b"], false],
    [["ps", "|", "x"], false],
  ])("%j leaves something out: %s", (question, filtered) => {
    expect(isFiltered(question)).toBe(filtered);
  });
});
