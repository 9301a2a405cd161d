import type { Block } from "../slack/validate/blocks.ts";

/** What a reader of the channel sees of a message, as lines of plain text. */
export interface PlainLine {
  readonly text: string;
  /** A line of a log or a file, which is shown apart from words. */
  readonly quoted: boolean;
}

/** Blocks as text; `fallback` stands for a message without blocks. Pictures and charts are only named. */
export function plainLines(blocks: readonly Block[], fallback: string): readonly PlainLine[] {
  const lines = blocks.length === 0 ? words(fallback) : blocks.flatMap(blockLines);
  return lines.filter(({ text }) => text.trim() !== "");
}

function blockLines(block: Block): readonly PlainLine[] {
  switch (block.type) {
    case "rich_text":
      return block.elements.flatMap(richLines);
    case "section":
      return [block.text, ...(block.fields ?? [])].flatMap((each) => words(each?.text ?? ""));
    case "header":
    case "markdown":
      return words(typeof block.text === "string" ? block.text : block.text.text);
    case "context":
      return block.elements.flatMap((each) => words("text" in each ? each.text : each.alt_text));
    case "actions":
      return words(block.elements.flatMap((each) => ("text" in each ? `[${each.text.text}]` : [])).join(" "));
    case "divider":
      return [];
    default:
      return words(`[${block.type}]`);
  }
}

type RichPart = Extract<Block, { type: "rich_text" }>["elements"][number];
type Inline = Extract<RichPart, { type: "rich_text_section" }>["elements"][number];

function richLines(part: RichPart): readonly PlainLine[] {
  if (part.type === "rich_text_list") return part.elements.flatMap((each) => words(`- ${inlineText(each.elements)}`));
  const text = inlineText(part.elements);
  return part.type === "rich_text_preformatted" ? split(text, true) : words(text);
}

function inlineText(elements: readonly Inline[]): string {
  return elements.map(inlineWord).join("");
}

function inlineWord(element: Inline): string {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return element.text ?? element.url;
    case "user":
      return `@${element.user_id}`;
    case "usergroup":
      return `@${element.usergroup_id}`;
    case "channel":
      return `#${element.channel_id}`;
    case "broadcast":
      return `@${element.range}`;
    case "emoji":
      return `:${element.name}:`;
    case "date":
      return element.fallback ?? "";
  }
}

function words(text: string): readonly PlainLine[] {
  return split(text, false);
}

/** A terminal must not be steered by what a log says. */
function split(text: string, quoted: boolean): readonly PlainLine[] {
  return text.split("\n").map((line) => ({
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    text: line.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ").trimEnd(),
    quoted,
  }));
}
