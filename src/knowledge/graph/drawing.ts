import type { Knowledge } from "../knowledge.ts";
import { type Area, areas } from "../schema.ts";

/** A cause or a symptom as it is drawn. */
export interface DrawnNode {
  readonly id: string;
  readonly title: string;
  /** null: a symptom. */
  readonly area: Area | null;
  /** Steps to the end of the longest way, over causes only for a cause, over symptoms only for a symptom. */
  readonly depth: number;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
}

/** The causal graph without the edges that only shorten a longer way. */
export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/** By area, then by id; symptoms last. The knowledge must be free of circles, which lint sees to. */
export function drawingOf(knowledge: Knowledge): Drawing {
  const { causes, symptoms } = knowledge;
  const outOf = longestWays(knowledge);
  const drawn = [...causes.values()].filter(({ area }) => area !== "none");
  const nodes: DrawnNode[] = [
    ...drawn.map(({ id, title, area }) => ({ id, title, area, depth: depthOf(id, outOf, causes) })),
    ...[...symptoms.values()].map(({ id, title }) => ({ id, title, area: null, depth: depthOf(id, outOf, symptoms) })),
  ];
  const order = ({ area }: DrawnNode): number => (area === null ? areas.length : areas.indexOf(area));
  nodes.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1));
  const edges = nodes.flatMap(({ id }) => (outOf.get(id) ?? []).map((to) => ({ from: id, to })));
  return { nodes, edges };
}

type Out = ReadonlyMap<string, readonly string[]>;

/** Each node's edges, without those to where another of its edges leads anyway. */
function longestWays({ edges }: Knowledge): Out {
  const targets: Out = new Map([...edges].map(([id, each]) => [id, [...new Set(each.map(({ to }) => to))]]));
  const below = new Map<string, ReadonlySet<string>>();
  const descend = (id: string): ReadonlySet<string> => {
    const known = below.get(id);
    if (known) return known;
    const found = new Set<string>();
    below.set(id, found);
    for (const to of targets.get(id) ?? []) {
      found.add(to);
      for (const each of descend(to)) found.add(each);
    }
    return found;
  };
  const direct = (tos: readonly string[]): readonly string[] =>
    tos.filter((to) => !tos.some((other) => other !== to && descend(other).has(to)));
  return new Map([...targets].map(([id, tos]) => [id, direct(tos)]));
}

function depthOf(id: string, out: Out, among: ReadonlyMap<string, unknown>, known = new Map<string, number>()): number {
  const before = known.get(id);
  if (before !== undefined) return before;
  known.set(id, 0);
  const next = (out.get(id) ?? []).filter((to) => among.has(to));
  const depth = Math.max(0, ...next.map((to) => 1 + depthOf(to, out, among, known)));
  known.set(id, depth);
  return depth;
}
