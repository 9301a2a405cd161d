import { drawingOf } from "../graph/drawing.ts";
import { mermaidOf } from "../graph/mermaid.ts";
import { svgOf } from "../graph/svg.ts";
import type { Cause, Knowledge } from "../knowledge.ts";
import { type Area, areas } from "../schema.ts";
import { causePage } from "./cause-page.ts";
import { inline, table } from "./markdown.ts";

/** A generated document: its path below docs/, and its text. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

const generated = "<!-- Generated from knowledge/ by `npm run docs:knowledge`; edit the knowledge files instead. -->";

/** Every document that is made of knowledge alone: one per cause, their index, and the causal graph. */
export function pagesOf(knowledge: Knowledge): readonly Page[] {
  const causes = [...knowledge.causes.values()].filter(({ area }) => area !== "none");
  return [
    ...causes.map((cause) => ({
      path: `causes/${cause.area}/${cause.id}.md`,
      text: `${generated}\n\n${causePage(cause, knowledge)}`,
    })),
    { path: "causes/README.md", text: indexPage(causes) },
    { path: "knowledge-graph.md", text: graphPage(knowledge, areasOf(causes)) },
    { path: "knowledge-graph.svg", text: svgOf(drawingOf(knowledge)) },
  ];
}

function areasOf(causes: readonly Cause[]): readonly Area[] {
  return areas.filter((area) => causes.some((cause) => cause.area === area));
}

function indexPage(causes: readonly Cause[]): string {
  const lines = areasOf(causes).flatMap((area) => {
    const own = causes.filter((cause) => cause.area === area);
    const rows = own.map((cause) => [
      `[${inline(cause.title)}](${area}/${cause.id}.md)`,
      `\`${cause.id}\``,
      cause.rules.some(({ weight }) => weight === "proof") ? "yes" : "no",
      String(cause.rules.length),
      String(cause.cases.length),
    ]);
    return [
      `## ${area} (${own.length})`,
      "",
      ...table(["Cause", "Id", "Can be confirmed", "Rules", "Cases"], rows),
      "",
    ];
  });
  return [
    generated,
    "",
    `# What node-why can name: ${causes.length} causes`,
    "",
    "One page per cause: what happens and why, what proves it, what it leads to, what to do and what not to.",
    "How they belong together: [the causal graph](../knowledge-graph.md).",
    "",
    ...lines.slice(0, -1),
    "",
  ].join("\n");
}

/** One chart per area: the viewers of Mermaid refuse the whole. */
function graphPage(knowledge: Knowledge, each: readonly Area[]): string {
  const drawing = drawingOf(knowledge);
  const charts = each.flatMap((area) => [
    `## ${area}`,
    "",
    "```mermaid",
    mermaidOf(drawing, area).trimEnd(),
    "```",
    "",
  ]);
  return [
    generated,
    "",
    "# The causal graph",
    "",
    'Boxes are causes, hexagons symptoms; rounded boxes are causes of another area. An arrow means "leads to". Where a',
    "cause leads somewhere by more than one way, only the longest is drawn. Everything in one picture, which tells more",
    "when it is opened by itself: [knowledge-graph.svg](knowledge-graph.svg).",
    "",
    "![The causal graph: causes by area on the left, symptoms on the right](knowledge-graph.svg)",
    "",
    ...charts.slice(0, -1),
    "",
  ].join("\n");
}
