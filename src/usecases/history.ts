import { OperatorError } from "../shared/errors.ts";
import { parseName } from "./names.ts";
import type { World } from "./ports.ts";

/** One earlier incident, as a line of a history. */
export interface HistoryLine {
  readonly incident: string;
  readonly cluster: string;
  readonly node: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly verdict: string;
  readonly roots: readonly string[];
}

/** What was seen on a node before, newest first; in every cluster where no cluster is named. */
export async function nodeHistory(name: string, world: World, limit = 20): Promise<readonly HistoryLine[]> {
  const asked = parseName(name);
  if (asked === null) throw new OperatorError(`${name} is not a node's name`);
  const { incidents } = world;
  if (incidents === null)
    throw new OperatorError(`nothing is remembered: ${world.memoryProblem ?? "no store is configured"}`);
  const clusters = world.clusters.filter((cluster) => asked.cluster === null || cluster.name === asked.cluster);
  const lists = await Promise.all(clusters.map((cluster) => incidents.history(cluster.name, asked.node, { limit })));
  return lists
    .flat()
    .map(({ _id, cluster, node, openedAt, closedAt, verdict, roots }) => ({
      incident: _id,
      cluster,
      node,
      openedAt,
      closedAt,
      verdict,
      roots,
    }))
    .sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
    .slice(0, limit);
}
