import { z } from "zod";
import type { Ports } from "../collect/ports.ts";
import { nearestNames, parseName } from "./names.ts";
import type { ClusterAccess, World } from "./ports.ts";

/** Why there is no such node to look at; each is an expected outcome. */
export type NotFound =
  | { readonly kind: "not-a-name"; readonly typed: string }
  | { readonly kind: "no-cluster"; readonly typed: string | null; readonly clusters: readonly string[] }
  | { readonly kind: "ambiguous"; readonly node: string; readonly clusters: readonly string[] }
  | {
      readonly kind: "unknown-node";
      readonly node: string;
      readonly cluster: string;
      readonly nearest: readonly string[];
    };

export interface Found {
  readonly kind: "found";
  readonly cluster: ClusterAccess;
  readonly node: string;
}

/** The cluster a name means, as typed: `worker-7` or `cluster/worker-7`. Whether it has the node may still be open. */
export async function findNode(typed: string, world: World): Promise<Found | NotFound> {
  const asked = parseName(typed);
  if (asked === null) return { kind: "not-a-name", typed };
  const clusters = world.clusters.map(({ name }) => name);
  const named = asked.cluster === null ? world.clusters : world.clusters.filter(({ name }) => name === asked.cluster);
  if (named.length === 0) return { kind: "no-cluster", typed: asked.cluster, clusters };
  const homes = named.length === 1 ? named : await clustersWith(asked.node, named);
  const [cluster, other] = homes;
  if (!cluster) return unknownEverywhere(asked.node, named);
  if (other) return { kind: "ambiguous", node: asked.node, clusters: homes.map(({ name }) => name) };
  return { kind: "found", cluster, node: asked.node };
}

async function unknownEverywhere(node: string, clusters: readonly ClusterAccess[]): Promise<NotFound> {
  const names = await Promise.all(clusters.map(async (cluster) => (await nodeNames(await cluster.ports())) ?? []));
  const cluster = clusters.map(({ name }) => name).join(", ");
  return { kind: "unknown-node", node, cluster, nearest: nearestNames(node, names.flat()) };
}

const nodeList = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** Which clusters have a node or an inventory host of that name; one that cannot be asked may have it. */
async function clustersWith(node: string, clusters: readonly ClusterAccess[]): Promise<readonly ClusterAccess[]> {
  const has = await Promise.all(
    clusters.map(async (cluster) => cluster.inventory.includes(node) || (await listed(node, cluster))),
  );
  return clusters.filter((_, index) => has[index]);
}

async function listed(node: string, cluster: ClusterAccess): Promise<boolean> {
  const { kubernetes } = await cluster.ports();
  const answer = await kubernetes.get(`/api/v1/nodes/${node}`, { timeoutMs: 3_000, maxBytes: 1_000_000 });
  return answer.kind === "value";
}

/** The names of all nodes of a cluster, or null where it does not say. */
export async function nodeNames(ports: Ports): Promise<readonly string[] | null> {
  const answer = await ports.kubernetes.get("/api/v1/nodes?limit=5000", { timeoutMs: 5_000, maxBytes: 64_000_000 });
  if (answer.kind !== "value") return null;
  const parsed = nodeList.safeParse(JSON.parse(answer.stdout));
  return parsed.success ? parsed.data.items.map(({ metadata }) => metadata.name) : null;
}
