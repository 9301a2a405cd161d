import type { BlockOf } from "../../validate/blocks.ts";
import type { RichTextInline, RichTextPart } from "../../validate/rich-text.ts";
import { emoji } from "./emoji.ts";
import { escapeHtml, escapeLines, linkTo } from "./html.ts";
import { mention, utc } from "./mrkdwn.ts";
import type { Names } from "./names.ts";

export function renderRichText(block: Pick<BlockOf<"rich_text">, "elements">, names: Names): string {
  return block.elements.map((part) => renderPart(part, names)).join("");
}

function renderPart(part: RichTextPart, names: Names): string {
  switch (part.type) {
    case "rich_text_section":
      return `<div class="rich">${inlines(part.elements, names)}</div>`;
    case "rich_text_quote":
      return `<blockquote>${inlines(part.elements, names)}</blockquote>`;
    case "rich_text_preformatted":
      return `<pre tabindex="0">${part.elements.map((one) => escapeHtml(plainOf(one))).join("")}</pre>`;
    case "rich_text_list": {
      const items = part.elements.map((item) => `<li>${inlines(item.elements, names)}</li>`).join("");
      return part.style === "ordered" ? `<ol>${items}</ol>` : `<ul>${items}</ul>`;
    }
  }
}

/** What a preformatted line says: links show where they lead. */
function plainOf(element: Extract<RichTextInline, { type: "text" | "link" }>): string {
  return element.type === "text" ? element.text : (element.text ?? element.url);
}

function inlines(elements: readonly RichTextInline[], names: Names): string {
  return elements.map((element) => styled(element, renderInline(element, names))).join("");
}

function renderInline(element: RichTextInline, names: Names): string {
  switch (element.type) {
    case "text":
      return escapeLines(element.text);
    case "link":
      return linkTo(element.url, element.text ?? element.url);
    case "user":
      return mention(`@${names.user(element.user_id)}`);
    case "usergroup":
      return mention(`@${names.userGroup(element.usergroup_id)}`);
    case "channel":
      return mention(`#${names.channel(element.channel_id)}`);
    case "broadcast":
      return mention(`@${element.range}`);
    case "emoji":
      return escapeHtml(emoji(element.name));
    case "date":
      return escapeHtml(element.fallback ?? utc(element.timestamp * 1000));
  }
}

const tags = [
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
  ["code", "code"],
] as const;

function styled({ style }: RichTextInline, html: string): string {
  return tags.reduce((inner, [name, tag]) => (style?.[name] ? `<${tag}>${inner}</${tag}>` : inner), html);
}
