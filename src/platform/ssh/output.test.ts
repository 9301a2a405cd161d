import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { collector, gate } from "./output.ts";

const text = (maxBytes: number, keep: "head" | "tail", chunks: readonly string[]): unknown => {
  const kept = collector(maxBytes, keep);
  for (const chunk of chunks) kept.add(Buffer.from(chunk, "latin1"));
  return kept.text();
};

describe("the byte limit", () => {
  test.each<[string, number, "head" | "tail", readonly string[], unknown]>([
    ["all of it", 10, "head", ["ab\n", "cd\n"], { text: "ab\ncd\n", truncated: false }],
    ["the head, in whole lines", 5, "head", ["ab\ncd\nef\n"], { text: "ab\n", truncated: true }],
    ["the tail, in whole lines", 5, "tail", ["ab\ncd\nef\n"], { text: "ef\n", truncated: true }],
    ["the head of a line without end", 3, "head", ["abcdef"], { text: "abc", truncated: true }],
    ["the tail of a line without end", 3, "tail", ["abcdef"], { text: "def", truncated: true }],
    ["bytes that are not UTF-8", 9, "head", ["caf\xe9\n"], { text: "caf\ufffd\n", truncated: false }],
    ["a cut character", 2, "head", ["a\xc3\xa9"], { text: "a\ufffd", truncated: true }],
  ])("%s", (_, maxBytes, keep, chunks, expected) => {
    expect(text(maxBytes, keep, chunks)).toEqual(expected);
  });

  test("does not depend on how the stream was cut into chunks", () => {
    const chunks = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 9 }), { maxLength: 30 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 1, max: 40 }), fc.constantFrom("head", "tail"), (parts, maxBytes, keep) => {
        expect(text(maxBytes, keep, parts)).toEqual(text(maxBytes, keep, [parts.join("")]));
      }),
    );
  });
});

describe("the marker line", () => {
  const through = (chunks: readonly string[]): unknown => {
    const start = gate("node-why-1");
    const passed = chunks.map((chunk) => start.pass(Buffer.from(chunk)).toString()).join("");
    return { passed, pid: start.pid(), before: start.before() };
  };

  test.each<[string, readonly string[], unknown]>([
    ["at once", ["node-why-1 42\nout\n"], { passed: "out\n", pid: 42, before: "" }],
    ["in pieces", ["node-w", "hy-1 4", "2", "\no", "ut"], { passed: "out", pid: 42, before: "" }],
    ["after a banner", ["Welcome!\n", "node-why-1 42\nout"], { passed: "out", pid: 42, before: "Welcome!\n" }],
    ["after a prompt without line end", ["$ node-why-1 42\nout"], { passed: "out", pid: 42, before: "$ " }],
    ["never", ["This account is closed.\n"], { passed: "", pid: null, before: "This account is closed.\n" }],
    ["only the first counts", ["node-why-1 4\nnode-why-1 5\n"], { passed: "node-why-1 5\n", pid: 4, before: "" }],
    ["without a number", ["node-why-1 x\nout"], { passed: "out", pid: 0, before: "" }],
  ])("%s", (_, chunks, expected) => {
    expect(through(chunks)).toEqual(expected);
  });
});
