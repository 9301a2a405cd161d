import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { validateMessageBlocks, validateView } from "./validate.ts";

const text = (length: number, type = "plain_text") => ({ type, text: "x".repeat(length) });
const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, i) => item(i));
const section = (length: number) => ({ type: "section", text: text(length, "mrkdwn") });
const fields = (count: number, length = 1) => ({ type: "section", fields: many(count, () => text(length)) });
const button = (more: object = {}) => ({ type: "button", text: text(1), action_id: "a", ...more });
const actions = (elements: unknown[]) => ({ type: "actions", elements });
const option = (label = 1, value = "v") => ({ text: text(label), value });
const select = (options: unknown[]) => actions([{ type: "static_select", action_id: "a", options }]);
const preformatted = {
  type: "rich_text",
  elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: "<!channel>" }] }],
};
const table = { type: "table", rows: [[{ type: "raw_text", text: "a" }, preformatted]] };
const point = (label: string) => ({ label, value: 1 });
const bar = (labels: string[], categories: string[]) => ({
  type: "data_visualization",
  title: "t",
  chart: { type: "bar", series: [{ name: "s", data: labels.map(point) }], axis_config: { categories } },
});

describe("message blocks, at Slack's limit and one over", () => {
  const cases: [string, unknown[], unknown[]][] = [
    ["50 blocks", many(50, () => ({ type: "divider" })), many(51, () => ({ type: "divider" }))],
    ["section text 3,000", [section(3_000)], [section(3_001)]],
    ["section text 1", [section(1)], [section(0)]],
    ["10 fields", [fields(10)], [fields(11)]],
    ["field text 2,000", [fields(1, 2_000)], [fields(1, 2_001)]],
    ["header 150", [{ type: "header", text: text(150) }], [{ type: "header", text: text(151) }]],
    ["header is plain", [{ type: "header", text: text(1) }], [{ type: "header", text: text(1, "mrkdwn") }]],
    [
      "10 context elements",
      [{ type: "context", elements: many(10, () => text(1)) }],
      [{ type: "context", elements: many(11, () => text(1)) }],
    ],
    [
      "25 actions",
      [actions(many(25, (i) => button({ action_id: `a${i}` })))],
      [actions(many(26, (i) => button({ action_id: `a${i}` })))],
    ],
    ["button text 75", [actions([button({ text: text(75) })])], [actions([button({ text: text(76) })])]],
    [
      "button value 2,000",
      [actions([button({ value: "v".repeat(2_000) })])],
      [actions([button({ value: "v".repeat(2_001) })])],
    ],
    [
      "action_id 255",
      [actions([button({ action_id: "a".repeat(255) })])],
      [actions([button({ action_id: "a".repeat(256) })])],
    ],
    [
      "block_id 255",
      [{ type: "divider", block_id: "b".repeat(255) }],
      [{ type: "divider", block_id: "b".repeat(256) }],
    ],
    ["option text 75", [select([option(75)])], [select([option(76)])]],
    ["100 options", [select(many(100, (i) => option(1, `${i}`)))], [select(many(101, (i) => option(1, `${i}`)))]],
    ["no unknown property", [{ type: "divider" }], [{ type: "divider", colour: "red" }]],
    ["no unknown block", [{ type: "divider" }], [{ type: "marquee" }]],
    [
      "unique block_id",
      [
        { type: "divider", block_id: "a" },
        { type: "divider", block_id: "b" },
      ],
      [
        { type: "divider", block_id: "a" },
        { type: "divider", block_id: "a" },
      ],
    ],
    ["unique action_id in a block", [actions([button(), button({ action_id: "b" })])], [actions([button(), button()])]],
    ["one table", [table], [table, table]],
    ["two charts", [bar(["a"], ["a"]), bar(["a"], ["a"])], many(3, () => bar(["a"], ["a"]))],
    ["chart labels are the categories", [bar(["a", "b"], ["a", "b"])], [bar(["a", "c"], ["a", "b"])]],
    [
      "an image has one source",
      [{ type: "image", alt_text: "a", image_url: "https://x" }],
      [{ type: "image", alt_text: "a" }],
    ],
    [
      "rich text is not empty",
      [preformatted],
      [{ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "" }] }] }],
    ],
  ];
  test.each(cases)("%s", (_name, good, bad) => {
    expect(validateMessageBlocks(good)).toMatchObject({ ok: true });
    expect(validateMessageBlocks(bad)).toMatchObject({ ok: false, problem: { error: "invalid_blocks" } });
  });

  test("the pointer leads to what is wrong", () => {
    const checked = validateMessageBlocks([{ type: "divider" }, section(3_001)]);
    expect(checked).toMatchObject({ problem: { errors: [{ pointer: "/blocks/1/text/text" }] } });
  });

  test("all text together has a bound of its own", () => {
    expect(validateMessageBlocks(many(4, () => section(3_000)))).toMatchObject({ ok: true });
    expect(validateMessageBlocks(many(5, () => section(3_000)))).toMatchObject({
      problem: { error: "msg_blocks_too_long" },
    });
  });

  test("whatever comes, only lists pass, and what passes is unchanged", () => {
    const known = fc.constantFrom<unknown>({ type: "divider" }, section(1), fields(2), preformatted, table, {
      type: "x",
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(known)), (value) => {
        const checked = validateMessageBlocks(value);
        if (!checked.ok) return checked.problem.errors.length > 0;
        expect(checked.value).toEqual(value);
        return Array.isArray(value);
      }),
    );
  });
});

describe("dialogs, at Slack's limit and one over", () => {
  const view = (more: object = {}) => ({ type: "modal", title: text(1), blocks: [{ type: "divider" }], ...more });
  const input = { type: "input", label: text(1), element: { type: "plain_text_input", action_id: "a" } };
  const cases: [string, object, object][] = [
    [
      "100 blocks",
      { blocks: many(100, () => ({ type: "divider" })) },
      { blocks: many(101, () => ({ type: "divider" })) },
    ],
    ["title 24", { title: text(24) }, { title: text(25) }],
    ["submit 24", { submit: text(24) }, { submit: text(25) }],
    ["close 24", { close: text(24) }, { close: text(25) }],
    ["private_metadata 3,000", { private_metadata: "p".repeat(3_000) }, { private_metadata: "p".repeat(3_001) }],
    ["callback_id 255", { callback_id: "c".repeat(255) }, { callback_id: "c".repeat(256) }],
    ["inputs need a submit", { blocks: [input], submit: text(1) }, { blocks: [input] }],
    ["no table", {}, { blocks: [table] }],
    ["no unknown property", {}, { colour: "red" }],
  ];
  test.each(cases)("%s", (_name, good, bad) => {
    expect(validateView(view(good))).toMatchObject({ ok: true });
    expect(validateView(view(bad))).toMatchObject({ ok: false, problem: { error: "invalid_arguments" } });
  });
});
