import type { Block, BlockOf } from "../../validate/blocks.ts";
import type { InteractiveElement } from "../../validate/elements.ts";
import type { AnyText } from "../../validate/text.ts";
import { renderChart } from "./chart.ts";
import { withEmoji } from "./emoji.ts";
import { attributes, escapeLines } from "./html.ts";
import { renderMrkdwn } from "./mrkdwn.ts";
import type { Names } from "./names.ts";
import { renderRichText } from "./rich-text.ts";
import { renderTable } from "./table.ts";

/** What the blocks need from where they stand: a message and a dialog wire their elements differently. */
export interface Surroundings {
  readonly names: Names;
  readonly element: (element: InteractiveElement, blockId: string) => string;
  readonly input: (block: BlockOf<"input">) => string;
}

export function renderBlocks(blocks: readonly Block[], around: Surroundings): string {
  return blocks.map((block) => `<div class="block ${block.type}">${renderBlock(block, around)}</div>`).join("\n");
}

function renderBlock(block: Block, around: Surroundings): string {
  switch (block.type) {
    case "header":
      return `<h3>${escapeLines(withEmoji(block.text.text))}</h3>`;
    case "divider":
      return "<hr>";
    case "section":
      return renderSection(block, around);
    case "context":
      return block.elements
        .map((one) => `<span>${one.type === "image" ? picture(one) : renderText(one, around.names)}</span>`)
        .join(" ");
    case "actions":
      return block.elements.map((one) => around.element(one, block.block_id ?? "")).join("");
    case "input":
      return around.input(block);
    default:
      return renderContent(block, around);
  }
}

type Content = BlockOf<"rich_text" | "table" | "data_visualization" | "image" | "markdown">;

function renderContent(block: Content, around: Surroundings): string {
  switch (block.type) {
    case "rich_text":
      return renderRichText(block, around.names);
    case "table":
      return renderTable(block, around.names);
    case "data_visualization":
      return renderChart(block);
    case "image":
      return `<figure>${picture(block)}${block.title ? `<figcaption>${escapeLines(block.title.text)}</figcaption>` : ""}</figure>`;
    case "markdown":
      return escapeLines(block.text);
  }
}

function renderSection(block: BlockOf<"section">, around: Surroundings): string {
  const text = block.text ? `<div class="text">${renderText(block.text, around.names)}</div>` : "";
  const fields = (block.fields ?? []).map((field) => `<div>${renderText(field, around.names)}</div>`).join("");
  const side = block.accessory
    ? `<div class="accessory">${renderAccessory(block.accessory, block.block_id ?? "", around)}</div>`
    : "";
  return `<div class="body">${text}${fields && `<div class="fields">${fields}</div>`}</div>${side}`;
}

type Accessory = NonNullable<BlockOf<"section">["accessory"]>;

function renderAccessory(accessory: Accessory, blockId: string, around: Surroundings): string {
  return accessory.type === "image" ? picture(accessory) : around.element(accessory, blockId);
}

export function renderText(text: AnyText, names: Names): string {
  return text.type === "mrkdwn" ? renderMrkdwn(text.text, names) : escapeLines(withEmoji(text.text));
}

/** Only pictures that were uploaded here are shown: the page loads nothing from elsewhere. */
function picture(image: { alt_text: string; slack_file?: { id?: string | undefined } | undefined }): string {
  const id = image.slack_file?.id;
  if (id === undefined) return `<span class="picture">[${escapeLines(image.alt_text)}]</span>`;
  return `<img${attributes({ src: `/files/${encodeURIComponent(id)}`, alt: image.alt_text })}>`;
}
