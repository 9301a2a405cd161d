import type { Drawing, DrawnEdge } from "./drawing.ts";
import { type Band, box, type Layout, layOut, type PlacedNode } from "./layout.ts";

/**
 * The whole graph as one SVG without scripts, fonts or anything else from outside. Pointing at a box shows its title and
 * brings out what it leads to.
 */
export function svgOf(drawing: Drawing): string {
  const layout = layOut(drawing);
  const places = new Map(layout.nodes.map((node) => [node.id, node]));
  const out = Map.groupBy(drawing.edges, ({ from }) => from);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${layout.width} ${layout.height}" role="img" font-family="sans-serif" font-size="11">`,
    "<title>What leads to what: causes by area, and symptoms</title>",
    `<style>${style}</style>`,
    `<rect width="${layout.width}" height="${layout.height}" fill="#fff"/>`,
    ...layout.bands.map((band, index) => bandText(band, index, layout)),
    ...layout.nodes.map((node) => nodeText(node, out.get(node.id) ?? [], places)),
    "</svg>",
    "",
  ].join("\n");
}

const style = [
  ".edge{fill:none;stroke:#567;stroke-opacity:.35}",
  ".cause rect{fill:#fff;stroke:#456}",
  ".symptom rect{fill:#fdf3d8;stroke:#a67c00}",
  ".node:hover .edge{stroke:#c00;stroke-opacity:1;stroke-width:1.6}",
  ".node:hover rect{stroke:#c00;stroke-width:2}",
  ".area{font-size:15px;font-weight:bold;fill:#456}",
].join("");

function bandText({ area, y, height }: Band, index: number, { width }: Layout): string {
  const fill = index % 2 === 0 ? "#f3f6f9" : "#fafbfc";
  return `<rect x="0" y="${y}" width="${width}" height="${height}" fill="${fill}"/><text class="area" x="8" y="${y + 17}">${escaped(area)}</text>`;
}

function nodeText(node: PlacedNode, edges: readonly DrawnEdge[], places: ReadonlyMap<string, PlacedNode>): string {
  const ways = edges.flatMap(({ to }) => {
    const target = places.get(to);
    return target ? [`<path class="edge" d="${curve(node, target)}"/>`] : [];
  });
  const { x, y } = node;
  return [
    `<g class="node ${node.area === null ? "symptom" : "cause"}"><title>${escaped(node.title)}</title>`,
    ...ways,
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${node.area === null ? 9 : 3}"/>`,
    `<text x="${x + 6}" y="${y + 13}">${escaped(node.id)}</text></g>`,
  ].join("");
}

/** From the right side of one box to the left side of the other; backwards it swings out. */
function curve(from: PlacedNode, to: PlacedNode): string {
  const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
  const [x2, y2] = [to.x, to.y + box.height / 2];
  const pull = Math.max(50, Math.abs(x2 - x1) / 2);
  const round = (value: number): number => Math.round(value * 10) / 10;
  return `M${round(x1)} ${round(y1)}C${round(x1 + pull)} ${round(y1)} ${round(x2 - pull)} ${round(y2)} ${round(x2)} ${round(y2)}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
