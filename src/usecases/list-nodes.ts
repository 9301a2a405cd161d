import { z } from "zod";
import type { ClusterAccess } from "./ports.ts";

/** A node that is not Ready, or the cluster that could not be asked. */
export interface ListedNode {
  readonly cluster: string;
  readonly name: string;
  readonly ready: "False" | "Unknown" | "True";
  readonly reason: string;
  readonly message: string;
  readonly since: string | null;
}
export interface NodeList {
  readonly nodes: readonly ListedNode[];
  readonly total: number;
  /** One line per cluster that did not answer. */
  readonly failed: readonly { readonly cluster: string; readonly detail: string }[];
}

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().default(""),
  message: z.string().default(""),
  lastTransitionTime: z.string().nullish(),
});
const nodes = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({ conditions: z.array(condition).default([]) }).default({ conditions: [] }),
    }),
  ),
});

/** All nodes that are not Ready, the longest first. */
export async function listNodes(clusters: readonly ClusterAccess[]): Promise<NodeList> {
  const lists = await Promise.all(clusters.map(listCluster));
  const found = lists.flatMap(({ nodes }) => nodes);
  return {
    nodes: found.filter(({ ready }) => ready !== "True").sort((a, b) => ((a.since ?? "") < (b.since ?? "") ? -1 : 1)),
    total: found.length,
    failed: lists.flatMap(({ failed }) => failed),
  };
}

async function listCluster(
  cluster: ClusterAccess,
): Promise<{ nodes: readonly ListedNode[]; failed: NodeList["failed"] }> {
  const { kubernetes } = await cluster.ports();
  const answer = await kubernetes.get("/api/v1/nodes?limit=5000", { timeoutMs: 8_000, maxBytes: 64_000_000 });
  if (answer.kind !== "value") return { nodes: [], failed: [{ cluster: cluster.name, detail: answer.detail }] };
  const parsed = nodes.safeParse(JSON.parse(answer.stdout));
  if (!parsed.success)
    return { nodes: [], failed: [{ cluster: cluster.name, detail: "the answer is not a list of nodes" }] };
  return { nodes: parsed.data.items.map((item) => listed(cluster.name, item)), failed: [] };
}

function listed(cluster: string, { metadata, status }: z.infer<typeof nodes>["items"][number]): ListedNode {
  const ready = status.conditions.find(({ type }) => type === "Ready");
  return {
    cluster,
    name: metadata.name,
    ready: ready?.status === "True" || ready?.status === "False" ? ready.status : "Unknown",
    reason: ready?.reason ?? "NoReadyCondition",
    message: ready?.message ?? "",
    since: ready?.lastTransitionTime ?? null,
  };
}
