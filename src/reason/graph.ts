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

/** A way so far: where it is, the last onset known on it, and the lag allowed since that. */
interface Path {
  readonly at: string;
  readonly steps: readonly Step[];
  readonly seen: number | null;
  readonly lag: number;
}

const mostPaths = 2_000;

/**
 * The shortest way from a cause to another cause or a symptom that neither leads over what is ruled
 * out nor against time; null: there is none.
 */
export function wayTo(graph: Graph, from: string, to: string): readonly Step[] | null {
  let paths: readonly Path[] = [{ at: from, steps: [], seen: graph.onsets.get(from) ?? null, lag: 0 }];
  for (let length = 0; length < longestWay && paths.length > 0; length += 1) {
    const next = paths.flatMap((path) => onward(graph, path));
    const arrived = next.find(({ at }) => at === to);
    if (arrived) return arrived.steps;
    paths = next.filter(({ at }) => !graph.closed.has(at)).slice(0, mostPaths);
  }
  return null;
}

/** The steps that time allows from where a way is, never back to where it was. */
function onward(graph: Graph, { at, steps, seen, lag: before }: Path): readonly Path[] {
  return (graph.edges.get(at) ?? []).flatMap((edge) => {
    const onset = graph.onsets.get(edge.to) ?? null;
    const lag = before + milliseconds(edge.lag ?? defaultLag);
    const circular = steps.some((step) => step.from === edge.to);
    if (circular || forbidden(seen, onset, lag, edge)) return [];
    const step: Step = { from: at, to: edge.to, edge };
    return [{ at: edge.to, steps: [...steps, step], seen: onset ?? seen, lag: onset === null ? lag : 0 }];
  });
}

/** Time forbids a step only if both onsets are known and the cause's is later by more than the lag. */
function forbidden(cause: number | null, effect: number | null, lag: number, edge: Edge): boolean {
  if (cause === null || effect === null) return false;
  if (cause > effect + lag) return true;
  return edge.within !== undefined && effect > cause + milliseconds(edge.within) + lag;
}
