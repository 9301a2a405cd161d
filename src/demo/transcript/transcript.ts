import type { Message } from "../slack/state/message.ts";
import type { ModalView } from "../slack/validate/views.ts";
import { type PlainLine, plainLines } from "./plain.ts";
import { shortened, wrapped } from "./wrap.ts";

/** How the transcript is laid out. */
export interface Layout {
  /** Columns. */
  readonly width: number;
  /** Makes a line stand out; nothing is lost where it does nothing. */
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const nameColumns = 10;
const evidenceLines = 6;

/** `ana       /node why practice-3` */
export function typedText(user: string, text: string, layout: Layout): string {
  return `\n${named(user)}${layout.strong(text)}\n`;
}

/** The answer as it stands in the channel, the progress it showed before, and its thread, shortened. */
export function answerText(message: Message, thread: readonly Message[], layout: Layout): string {
  const progress = message.edits.at(-1)?.text;
  const before = progress === undefined ? [] : [faintLine(progress, layout)];
  const evidence = thread.flatMap(({ blocks, text }) => plainLines(blocks, text));
  const [first = "", ...rest] = body(message, layout);
  const lines = [...before, `${named("node-why")}${layout.strong(first)}`, ...rest, ...evidenceText(evidence, layout)];
  return `${lines.join("\n")}\n`;
}

/** A message that only the asker sees. */
export function privateText(message: Message, layout: Layout): string {
  const [first = "", ...rest] = body(message, layout);
  const note = `${" ".repeat(nameColumns)}${layout.faint("(only the asker sees this)")}`;
  return `${[`${named("node-why")}${first}`, ...rest, note].join("\n")}\n`;
}

/** A dialog with all that it shows. */
export function dialogText(view: ModalView, layout: Layout): string {
  const [first = "", ...rest] = body({ blocks: view.blocks, text: "" }, layout);
  const indent = " ".repeat(nameColumns);
  const buttons = [view.close, view.submit].flatMap((button) => (button ? [`[${button.text}]`] : [])).join(" ");
  const lines = [`${named("dialog")}${layout.strong(view.title.text)}`, `${indent}${first}`, ...rest, indent + buttons];
  return `${lines.join("\n")}\n`;
}

/** A message in a thread; the headlines of its earlier versions come before it, each once. */
export function replyText(message: Message, layout: Layout): string {
  const headlines = new Set([...message.edits.map(({ text }) => text), message.text]);
  headlines.delete(message.text);
  const [first = "", ...rest] = body(message, layout);
  const indent = " ".repeat(nameColumns);
  const lines = [...headlines].map((text) => `${indent}${layout.faint(shortened(text, layout.width - nameColumns))}`);
  return `${[...lines, `${named("node-why")}${layout.strong(first)}`, ...rest].join("\n")}\n`;
}

function body({ blocks, text }: Pick<Message, "blocks" | "text">, { width }: Layout): readonly string[] {
  const indent = " ".repeat(nameColumns);
  const lines = plainLines(blocks, text).flatMap((line) =>
    line.quoted ? [`| ${shortened(line.text, width - nameColumns - 2)}`] : wrapped(line.text, width - nameColumns),
  );
  return lines.map((line, index) => (index === 0 ? line : `${indent}${line}`));
}

function evidenceText(lines: readonly PlainLine[], layout: Layout): readonly string[] {
  const most = layout.width - nameColumns - 4;
  const shown = lines
    .slice(0, evidenceLines)
    .map(({ text, quoted }) => `${quoted ? "  | " : ""}${shortened(text, quoted ? most - 4 : most)}`);
  const left = lines.length - shown.length;
  const more = left > 0 ? [`… ${left} more lines`] : [];
  return [...shown, ...more].map((line, index) => layout.faint(`${index === 0 ? "  thread: " : named("")}${line}`));
}

function faintLine(text: string, { faint, width }: Layout): string {
  return `${named("node-why")}${faint(shortened(text, width - nameColumns))}`;
}

function named(name: string): string {
  return name.padEnd(nameColumns);
}
