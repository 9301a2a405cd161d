import type { Drawing, DrawnNode } from "./drawing.ts";

/** A node with its place, pixels; the box's left upper corner. */
export interface PlacedNode extends DrawnNode {
  readonly x: number;
  readonly y: number;
}

/** A stripe over the whole width that holds the causes of one area. */
export interface Band {
  readonly area: NonNullable<DrawnNode["area"]>;
  readonly y: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly bands: readonly Band[];
}

export const box = { width: 250, height: 18 } as const;
const step = { x: 300, y: 24 } as const;
const margin = 40;

/**
 * Causes left, in one band per area and a column per depth; symptoms right of them, spread over the height. Within a
 * column nodes stand near the middle of what leads to them or what they lead to, so that few edges cross.
 */
export function layOut(drawing: Drawing): Layout {
  const causes = drawing.nodes.filter(({ area }) => area !== null);
  const symptoms = drawing.nodes.filter(({ area }) => area === null);
  const deepest = Math.max(0, ...causes.map(({ depth }) => depth));
  const column = ({ area, depth }: DrawnNode): number =>
    area === null ? deepest + 1 + mostOf(symptoms) - depth : deepest - depth;
  const { bands, nodes: placed } = placeCauses(causes, column);
  const height = (bands.at(-1)?.y ?? 0) + (bands.at(-1)?.height ?? 0) + margin;
  const spread = placeSymptoms(symptoms, column, placed, drawing, height);
  const width = margin * 2 + step.x * (deepest + 2 + mostOf(symptoms));
  return { width, height, nodes: [...placed, ...spread], bands };
}

function mostOf(nodes: readonly DrawnNode[]): number {
  return Math.max(0, ...nodes.map(({ depth }) => depth));
}

type Column = (node: DrawnNode) => number;

function placeCauses(causes: readonly DrawnNode[], column: Column): Pick<Layout, "bands" | "nodes"> {
  const bands: Band[] = [];
  const nodes: PlacedNode[] = [];
  let y = margin;
  for (const area of new Set(causes.flatMap((each) => each.area ?? []))) {
    const own = causes.filter((each) => each.area === area);
    const columns = Map.groupBy(own, column);
    const rows = Math.max(...[...columns.values()].map((each) => each.length));
    for (const [at, each] of columns) {
      const first = y + step.y + ((rows - each.length) * step.y) / 2;
      each.forEach((node, row) => {
        nodes.push({ ...node, x: margin + at * step.x, y: first + row * step.y });
      });
    }
    const height = (rows + 2) * step.y;
    bands.push({ area, y, height: height - 6 });
    y += height;
  }
  return { bands, nodes };
}

/** Column by column from the left, each as near as it can be to the middle of what leads to it. */
function placeSymptoms(
  symptoms: readonly DrawnNode[],
  column: Column,
  causes: readonly PlacedNode[],
  { edges }: Drawing,
  height: number,
): readonly PlacedNode[] {
  const placed = new Map<string, PlacedNode>(causes.map((node) => [node.id, node]));
  const columns = [...Map.groupBy(symptoms, column)].sort(([a], [b]) => a - b);
  for (const [at, each] of columns) {
    const wished = each
      .map((node) => ({
        node,
        y: middle(
          edges.flatMap(({ from, to }) => (to === node.id ? (placed.get(from)?.y ?? []) : [])),
          height,
        ),
      }))
      .sort((a, b) => a.y - b.y || (a.node.id < b.node.id ? -1 : 1));
    const gap = Math.min(step.y * 3, (height - margin * 2) / each.length);
    let free = margin;
    wished.forEach(({ node, y }, index) => {
      const latest = height - margin - (each.length - index) * gap;
      const here = Math.max(free, Math.min(y, latest));
      placed.set(node.id, { ...node, x: margin + at * step.x, y: here });
      free = here + gap;
    });
  }
  return symptoms.flatMap(({ id }) => placed.get(id) ?? []);
}

function middle(ys: readonly number[], height: number): number {
  return ys.length === 0 ? height / 2 : ys.reduce((sum, y) => sum + y, 0) / ys.length;
}
