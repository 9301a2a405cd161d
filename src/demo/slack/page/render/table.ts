import type { BlockOf } from "../../validate/blocks.ts";
import { attributes, escapeLines } from "./html.ts";
import type { Names } from "./names.ts";
import { renderRichText } from "./rich-text.ts";

type Table = BlockOf<"table">;
type Cell = Table["rows"][number][number];

/** The first row is the heading, as Slack draws it. Wide tables scroll within themselves. */
export function renderTable(block: Table, names: Names): string {
  const [head = [], ...body] = block.rows;
  const columns = block.column_settings ?? [];
  const align = (index: number): string => attributes({ class: columns[index]?.align });
  const cells = (row: readonly Cell[], tag: "td" | "th"): string =>
    row.map((cell, index) => `<${tag}${scope(tag)}${align(index)}>${renderCell(cell, names)}</${tag}>`).join("");
  const rows = body.map((row) => `<tr>${cells(row, "td")}</tr>`).join("");
  const table = `<table><thead><tr>${cells(head, "th")}</tr></thead><tbody>${rows}</tbody></table>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="Table">${table}</div>`;
}

const scope = (tag: "td" | "th"): string => (tag === "th" ? ' scope="col"' : "");

function renderCell(cell: Cell, names: Names): string {
  return cell.type === "rich_text" ? renderRichText(cell, names) : escapeLines(cell.text);
}
