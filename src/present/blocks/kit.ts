import { printable } from "../../shared/printable.ts";

/**
 * The few Block Kit forms that are used. Words go into rich_text, whose text Slack never reads as
 * markup: a log that contains `<!channel>` pings nobody, and `*` stays a star.
 */
export interface RichText {
  readonly type: "rich_text";
  readonly block_id?: string;
  readonly elements: readonly (RichSection | RichPreformatted)[];
}
export interface RichSection {
  readonly type: "rich_text_section";
  readonly elements: readonly (TextElement | LinkElement)[];
}
export interface RichPreformatted {
  readonly type: "rich_text_preformatted";
  readonly elements: readonly TextElement[];
}
export interface TextElement {
  readonly type: "text";
  readonly text: string;
  readonly style?: { readonly bold?: boolean; readonly code?: boolean };
}
/** A page to open; only what the operator or a cause's file names, never what was read. */
export interface LinkElement {
  readonly type: "link";
  readonly url: string;
  readonly text: string;
}
export type Block = RichText;

/** A message as Slack takes it: blocks, and the text for lock screens and screen readers. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** What one rich_text block holds at most here; Slack cuts long blocks, we part them at lines. */
export const longestBlock = 2_800;
export const mostBlocks = 40;

export function text(content: string, bold = false): TextElement {
  return bold ? { type: "text", text: shown(content), style: { bold: true } } : { type: "text", text: shown(content) };
}

export function link(url: string): LinkElement {
  return { type: "link", url, text: shown(url) };
}

export function section(...elements: readonly (TextElement | LinkElement)[]): RichSection {
  return { type: "rich_text_section", elements };
}

export function preformatted(content: string): RichPreformatted {
  return { type: "rich_text_preformatted", elements: [text(content)] };
}

/** Slack refuses empty text. */
function shown(content: string): string {
  const clean = printable(content);
  return clean === "" ? " " : clean;
}

/** The message's `text` is read as mrkdwn: what would be markup is written as entities. */
export function escaped(content: string): string {
  return content.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Cuts at a word, never inside one, and says that it did. */
export function cut(content: string, most: number): string {
  if (content.length <= most) return content;
  const head = content.slice(0, most - 2);
  const space = head.lastIndexOf(" ");
  return `${head.slice(0, space > most / 2 ? space : head.length)} …`;
}

/** Parts sections into blocks so that none is longer than Slack shows whole. */
export function inBlocks(sections: readonly (RichSection | RichPreformatted)[]): readonly RichText[] {
  const blocks: (RichSection | RichPreformatted)[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const each of sections) {
    const length = each.elements.reduce((sum, element) => sum + element.text.length, 0);
    if (size + length > longestBlock) {
      blocks.push([]);
      size = 0;
    }
    blocks.at(-1)?.push(each);
    size += length;
  }
  return blocks.slice(0, mostBlocks).map((elements) => ({ type: "rich_text", elements }));
}
