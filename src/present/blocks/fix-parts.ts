import type { Part } from "../fix.ts";
import { cut, preformatted, type RichPreformatted, type TextElement, text } from "./kit.ts";

/** Block Kit forms that only fixes use: buttons, dialogs, and people who are named. */

export interface UserElement {
  readonly type: "user";
  readonly user_id: string;
}
interface PeopleSection {
  readonly type: "rich_text_section";
  readonly elements: readonly (TextElement | UserElement)[];
}
interface PeopleText {
  readonly type: "rich_text";
  readonly elements: readonly (PeopleSection | RichPreformatted)[];
}
export interface PlainText {
  readonly type: "plain_text";
  readonly text: string;
}
export interface Button {
  readonly type: "button";
  readonly action_id: string;
  readonly text: PlainText;
  readonly value: string;
}
export interface Actions {
  readonly type: "actions";
  readonly block_id: string;
  readonly elements: readonly Button[];
}
export type FixBlock = PeopleText | Actions;

export interface FixMessage {
  readonly text: string;
  readonly blocks: readonly FixBlock[];
}

export const plainText = (content: string): PlainText => ({ type: "plain_text", text: content });

const longestPart = 1_200;

export function partBlock({ label, text: words, code }: Part, people: readonly string[] = []): FixBlock {
  const said: PeopleSection = {
    type: "rich_text_section",
    elements: [text(`${label}: `, true), ...named(cut(words, longestPart), people)],
  };
  const typed = code === undefined || code.length === 0 ? [] : [preformatted(cut(code.join("\n"), longestPart))];
  return { type: "rich_text", elements: [said, ...typed] };
}

export function lineBlock(words: string, bold: boolean, people: readonly string[] = []): FixBlock {
  const elements = bold ? [text(words, true)] : named(words, people);
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

export function outputBlock(output: string): FixBlock {
  return { type: "rich_text", elements: [preformatted(cut(output, longestPart))] };
}

/** Only ids that we know to be people's become names: a log line that looks like one stays text. */
function named(words: string, people: readonly string[]): readonly (TextElement | UserElement)[] {
  const ids = people.filter((id) => /^[UW][A-Z0-9]{2,20}$/.test(id));
  if (ids.length === 0) return [text(words)];
  const parts = words.split(new RegExp(`\\b(${ids.join("|")})\\b`));
  return parts
    .filter((part) => part !== "")
    .map((part) => (ids.includes(part) ? { type: "user", user_id: part } : text(part)));
}
