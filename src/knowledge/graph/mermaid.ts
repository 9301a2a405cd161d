import type { Area } from "../schema.ts";
import type { Drawing, DrawnNode } from "./drawing.ts";

/** The whole graph, or what the causes of one area lead to, as a Mermaid flowchart. */
export function mermaidOf({ nodes, edges }: Drawing, area: Area | null = null): string {
  const from = new Set(nodes.filter((node) => area === null || node.area === area).map(({ id }) => id));
  const shown = edges.filter((edge) => from.has(edge.from));
  const met = new Set([...from, ...shown.map(({ to }) => to)]);
  const drawn = nodes.filter(({ id }) => met.has(id));
  const groups = [...new Set(drawn.map((node) => node.area))];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return [
    "flowchart LR",
    ...groups.flatMap((group) => [
      groupText(group ?? "symptoms"),
      ...drawn.filter((node) => node.area === group).map((node) => `    ${nodeText(node, group === area)}`),
      "  end",
    ]),
    ...shown.map(({ from: id, to }) => `  ${keyOf(byId.get(id))} --> ${keyOf(byId.get(to))}`),
    "",
  ].join("\n");
}

function groupText(name: string): string {
  return `  subgraph a_${name.replaceAll("-", "_")}["${name}"]`;
}

/** Symptoms are hexagons, causes boxes; those of other areas are rounded. */
function nodeText(node: DrawnNode, own: boolean): string {
  if (node.area === null) return `${keyOf(node)}{{"${node.id}"}}`;
  return own ? `${keyOf(node)}["${node.id}"]` : `${keyOf(node)}("${node.id}")`;
}

/** Ids are words of a-z and 0-9 joined by -; some words, like end, mean something to Mermaid by themselves. */
function keyOf(node: DrawnNode | undefined): string {
  return node ? `${node.area === null ? "s" : "c"}_${node.id.replaceAll("-", "_")}` : "unknown";
}
