import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Message } from "../slack/state/message.ts";
import type { Block } from "../slack/validate/blocks.ts";
import { plainLines } from "./plain.ts";
import { answerText, privateText, typedText } from "./transcript.ts";
import { shortened, wrapped } from "./wrap.ts";

const layout = { width: 60, strong: (text: string) => `*${text}*`, faint: (text: string) => text };
const section = (text: string) => ({ type: "rich_text_section" as const, elements: [{ type: "text" as const, text }] });
const quote = (text: string) => ({
  type: "rich_text_preformatted" as const,
  elements: [{ type: "text" as const, text }],
});
const rich = (...elements: (ReturnType<typeof section> | ReturnType<typeof quote>)[]): Block => ({
  type: "rich_text",
  elements,
});

function message(text: string, blocks: readonly Block[], edits: readonly string[] = []): Message {
  const versions = edits.map((edit) => ({ text: edit, blocks: [], at: 0 }));
  return { channel: "C", ts: "1", user: "B", text, blocks, fileIds: [], reactions: [], edits: versions, at: 0 };
}

describe("what a reader sees of blocks", () => {
  test.each<[string, Block, readonly string[]]>([
    ["rich text", rich(section("one"), section("\ntwo")), ["one", "two"]],
    [
      "a list",
      { type: "rich_text", elements: [{ type: "rich_text_list", style: "bullet", elements: [section("a")] }] },
      ["- a"],
    ],
    ["a header", { type: "header", text: { type: "plain_text", text: "h" } }, ["h"]],
    [
      "a section",
      { type: "section", text: { type: "mrkdwn", text: "s" }, fields: [{ type: "mrkdwn", text: "f" }] },
      ["s", "f"],
    ],
    ["context", { type: "context", elements: [{ type: "mrkdwn", text: "c" }] }, ["c"]],
    [
      "buttons",
      { type: "actions", elements: [{ type: "button", action_id: "x", text: { type: "plain_text", text: "Fix…" } }] },
      ["[Fix…]"],
    ],
    ["a line", { type: "divider" }, []],
  ])("%s", (_, block, lines) => {
    expect(plainLines([block], "").map(({ text }) => text)).toEqual(lines);
  });

  test("a mention is only a word, and nothing steers the terminal", () => {
    const block: Block = {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { type: "broadcast", range: "channel" },
            { type: "text", text: "\u001b[2J!" },
          ],
        },
      ],
    };
    expect(plainLines([block], "")).toEqual([{ text: "@channel [2J!", quoted: false }]);
  });

  test("without blocks, the text", () => {
    expect(plainLines([], "a\nb").map(({ text }) => text)).toEqual(["a", "b"]);
  });
});

describe("the transcript", () => {
  const answer = message(
    "x",
    [rich(section("practice-1: disk full"), section("\nWhy: a log filled it"), quote("log line"))],
    ["first", "12 of 30"],
  );
  const findings = Array.from({ length: 5 }, (_, at) => [section(`finding ${at}`), quote("line ".repeat(40))]).flat();

  test("an answer stands behind its progress, its words below one another, its log lines marked", () => {
    expect(answerText(answer, [], layout).split("\n")).toEqual([
      "node-why  12 of 30",
      "node-why  *practice-1: disk full*",
      "          Why: a log filled it",
      "          | log line",
      "",
    ]);
  });

  test("the thread is shortened and says by how much", () => {
    const lines = answerText(answer, [message("e", [rich(...findings)])], layout).split("\n");
    expect(lines.every((line) => line.length <= 60)).toBe(true);
    expect(lines.filter((line) => line.includes("finding"))).toHaveLength(3);
    expect(lines.at(-2)).toContain("4 more");
  });

  test("who typed what, and who sees it", () => {
    expect(typedText("ana", "/node list", layout)).toBe("\nana       */node list*\n");
    expect(privateText(message("only you", []), layout).split("\n")[0]).toBe("node-why  only you");
  });
});

describe("lines fit the terminal", () => {
  test("whatever the text, wrapping loses only blanks and no line is too long", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 1, max: 80 }), (text, width) => {
        const lines = wrapped(text, width);
        expect(lines.every((line) => line.length <= width)).toBe(true);
        expect(lines.join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
      }),
    );
  });
  test("shortening never makes a line longer than asked", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 80 }), (text, width) => {
        const line = shortened(text, width);
        expect(line.length).toBeLessThanOrEqual(width);
        if (text.length <= width) expect(line).toBe(text);
      }),
    );
  });
});
