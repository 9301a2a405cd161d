import type { Edge } from "../knowledge/schema.ts";
import { milliseconds } from "../shared/duration.ts";

/** One step of a way through the causal graph. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly edge: Edge;
}

export interface Graph {
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  /** Nodes no way may lead over: ruled-out causes. */
  readonly closed: ReadonlySet<string>;
  /** When a cause or symptom was first seen; not in it: not known. */
  readonly onsets: ReadonlyMap<string, number>;
}

const defaultLag = "2m";
const longestWay = 8;

/**
 * The shortest way from a cause to another cause or a symptom that neither leads over what is ruled
 * out nor against time; null: there is none.
 */
export function wayTo(graph: Graph, from: string, to: string): readonly Step[] | null {
  type Path = { readonly at: string; readonly steps: readonly Step[]; readonly seen: number | null; readonly lag: number };
  let paths: Path[] = [{ at: from, steps: [], seen: graph.onsets.get(from) ?? null, lag: 0 }];
  for (let length = 0; length < longestWay && paths.length > 0; length += 1) {
    const next: Path[] = [];
    for (const path of paths) {
      for (const edge of graph.edges.get(path.at) ?? []) {
        const onset = graph.onsets.get(edge.to) ?? null;
        const lag = path.lag + milliseconds(edge.lag ?? defaultLag);
        if (forbidden(path.seen, onset, lag, edge)) continue;
        const steps = [...path.steps, { from: path.at, to: edge.to, edge }];
        if (edge.to === to) return steps;
        if (graph.closed.has(edge.to) || path.steps.some((step) => step.from === edge.to)) continue;
        next.push({ at: edge.to, steps, seen: onset ?? path.seen, lag: onset === null ? lag : 0 });
      }
    }
    paths = next.slice(0, 2_000);
  }
  return null;
}

/** Time forbids a step only if both onsets are known and the cause's is later by more than the lag. */
function forbidden(cause: number | null, effect: number | null, lag: number, edge: Edge): boolean {
  if (cause === null || effect === null) return false;
  if (cause > effect + lag) return true;
  return edge.within !== undefined && effect > cause + milliseconds(edge.within) + lag;
}
