import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Block } from "../../validate/blocks.ts";
import { validateMessageBlocks } from "../../validate/validate.ts";
import { renderBlocks } from "./blocks.ts";
import { renderButton } from "./elements.ts";
import { safeUrl } from "./html.ts";
import { renderMrkdwn } from "./mrkdwn.ts";

const names = {
  user: (id: string) => `user ${id}`,
  channel: (id: string) => `channel ${id}`,
  userGroup: (id: string) => `group ${id}`,
};
const mrkdwn = (text: string): string => renderMrkdwn(text, names);

describe("Slack's markup", () => {
  test.each([
    ["*bold* and _italic_ and ~gone~", "<strong>bold</strong> and <em>italic</em> and <s>gone</s>"],
    ["snake_case_name stays, 2*3*4 stays", "snake_case_name stays, 2*3*4 stays"],
    ["`a *b* <c>`", "<code>a *b* &lt;c&gt;</code>"],
    ["one\ntwo", "one<br>two"],
    ["&gt; said\nthen", "<blockquote>said</blockquote>then"],
    ["```\nx <y>\n```", "<pre>x &lt;y&gt;\n</pre>"],
    ["&lt;!channel&gt; &amp;lt;", "&lt;!channel&gt; &amp;lt;"],
    ["<!channel>", '<span class="mention">@channel</span>'],
    ["<@U1> in <#C1>", '<span class="mention">@user U1</span> in <span class="mention">#channel C1</span>'],
    ["<!subteam^S1>", '<span class="mention">@group S1</span>'],
    ["<!date^0^{date}|then>", "then"],
    ["<!date^0^{date}>", "1970-01-01 00:00 UTC"],
    ["<javascript:alert(1)|x>", "x"],
    [
      "<https://a.example/?b=1&amp;c=2|x>",
      '<a href="https://a.example/?b=1&amp;c=2" rel="noreferrer noopener" target="_blank">x</a>',
    ],
    [":mag: :unknown_one:", "🔍 :unknown_one:"],
  ])("%s", (text, html) => {
    expect(mrkdwn(text)).toBe(html);
  });

  const tags =
    /<\/?(strong|em|s|code|pre|blockquote|br|span|a)( class="mention"| href="(https?:|mailto:)[^"<>]*" rel="noreferrer noopener" target="_blank")?>/gi;

  test("whatever is written, only the known tags come out", () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "*",
      "_",
      "~",
      "`",
      "```",
      "&lt;",
      "|",
      "@",
      "!",
      "https://x",
      '"',
      "'",
      "\n",
      " ",
      "a",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join("")),
        ),
        (text) => {
          expect(mrkdwn(text).replace(tags, "")).not.toMatch(/[<>"]/);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each(["javascript:alert(1)", "data:text/html,x", " https://x", "vbscript:x", "//x"])(
    "%s is no address to follow",
    (url) => {
      expect(safeUrl(url)).toBeUndefined();
    },
  );
});

describe("blocks", () => {
  const around = {
    names,
    element: (element: { type: string }) => `[${element.type}]`,
    input: () => "[input]",
  };
  const hostile = `<img src=x onerror="alert(1)">'`;
  const plain = { type: "plain_text", text: hostile };
  const markup = { type: "mrkdwn", text: hostile };
  const rich = {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: hostile }] }],
  };
  const point = { label: "<img src=x>", value: 1 };
  const axes = { categories: ["<img src=x>"] };
  const cases: Record<string, unknown>[] = [
    { type: "header", text: plain },
    { type: "section", text: markup, fields: [plain, markup] },
    { type: "section", text: plain, accessory: { type: "image", image_url: "https://x/<img>", alt_text: hostile } },
    { type: "context", elements: [plain, markup] },
    rich,
    {
      type: "rich_text",
      elements: [
        { type: "rich_text_section", elements: [{ type: "link", url: `javascript:${hostile}`, text: hostile }] },
      ],
    },
    { type: "table", rows: [[{ type: "raw_text", text: hostile }], [rich]] },
    { type: "image", image_url: "https://x", alt_text: hostile, title: plain },
    { type: "image", slack_file: { id: hostile }, alt_text: hostile },
    { type: "markdown", text: hostile },
    {
      type: "data_visualization",
      title: hostile,
      chart: { type: "bar", series: [{ name: "<img src=x>", data: [point] }], axis_config: axes },
    },
    { type: "data_visualization", title: hostile, chart: { type: "pie", segments: [point] } },
  ];
  test.each(cases.map((block) => [String(block.type), block]))("%s shows markup as text", (_type, block) => {
    const checked = validateMessageBlocks([block]);
    const blocks = checked.ok ? checked.value : [];
    expect(blocks).toHaveLength(1);
    const html = renderBlocks(blocks, around);
    expect(html).not.toMatch(/<img src=x|onerror="/);
    expect(html).not.toContain("javascript:");
  });

  test("a preformatted line pings nobody", () => {
    const block: Block = {
      type: "rich_text",
      elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: "<!channel> *x*" }] }],
    };
    expect(renderBlocks([block], around)).toContain("&lt;!channel&gt; *x*");
  });

  test("a button carries its name, its question and nothing of its text as markup", () => {
    const text = { type: "plain_text" as const, text: "<b>" };
    const html = renderButton(
      { type: "button", text, confirm: { text: { type: "plain_text", text: 'a"b' } } },
      { name: "n", press: '"p"', id: "i" },
    );
    expect(html).toContain('value="&quot;p&quot;"');
    expect(html).toContain('data-confirm="a&quot;b"');
    expect(html).toContain("&lt;b&gt;");
  });
});
