import { z } from "zod";
import type { Ports } from "../collect/ports.ts";
import { collect, type Progress } from "../collect/run.ts";
import type { EvidenceSet } from "../evidence/evidence.ts";
import { type FactBase, factValue } from "../facts/base.ts";
import type { Row } from "../facts/fact.ts";
import { knownFacts } from "../facts/read.ts";
import type { Identity } from "../remember/incident.ts";
import { withOwners } from "../report/owners.ts";
import type { Report } from "../report/report.ts";
import { nearestNames, parseName } from "./names.ts";
import type { ClusterAccess, World } from "./ports.ts";
import { withMemory } from "./remember.ts";

export interface Question {
  /** As typed: `worker-7` or `cluster/worker-7`. */
  readonly name: string;
  readonly askedBy: string;
  readonly onProgress?: (event: Progress, about: { readonly cluster: string; readonly node: string }) => void;
}

/** The answer, or why there cannot be one; each is an expected outcome. */
export type Diagnosis =
  | { readonly kind: "report"; readonly report: Report; readonly evidence: EvidenceSet }
  | { readonly kind: "not-a-name"; readonly typed: string }
  | { readonly kind: "no-cluster"; readonly typed: string | null; readonly clusters: readonly string[] }
  | { readonly kind: "ambiguous"; readonly node: string; readonly clusters: readonly string[] }
  | {
      readonly kind: "unknown-node";
      readonly node: string;
      readonly cluster: string;
      readonly nearest: readonly string[];
    };

/** The main road: find the node, collect, judge, remember. */
export async function diagnose(question: Question, world: World): Promise<Diagnosis> {
  const asked = parseName(question.name);
  if (asked === null) return { kind: "not-a-name", typed: question.name };
  const clusters = world.clusters.map(({ name }) => name);
  const named = asked.cluster === null ? world.clusters : world.clusters.filter(({ name }) => name === asked.cluster);
  if (named.length === 0) return { kind: "no-cluster", typed: asked.cluster, clusters };
  const homes = named.length === 1 ? named : await clustersWith(asked.node, named);
  const [cluster, other] = homes;
  if (!cluster) return unknownEverywhere(asked.node, named);
  if (other) return { kind: "ambiguous", node: asked.node, clusters: homes.map(({ name }) => name) };
  return diagnoseIn(cluster, asked.node, question, world);
}

async function unknownEverywhere(node: string, clusters: readonly ClusterAccess[]): Promise<Diagnosis> {
  const names = await Promise.all(clusters.map(async (cluster) => (await nodeNames(await cluster.ports())) ?? []));
  const cluster = clusters.map(({ name }) => name).join(", ");
  return { kind: "unknown-node", node, cluster, nearest: nearestNames(node, names.flat()) };
}

async function diagnoseIn(cluster: ClusterAccess, node: string, question: Question, world: World): Promise<Diagnosis> {
  const { engine, clock } = world;
  const about = { cluster: cluster.name, node };
  const evidence = await collect(
    {
      ...about,
      at: clock.now().toISOString(),
      deadlineMs: world.deadlineMs,
      probes: engine.registry.probes,
      derivations: engine.registry.derivations,
      readers: (items) => knownFacts(items, engine.registry, node),
      ...(question.onProgress ? { onProgress: (event: Progress) => question.onProgress?.(event, about) } : {}),
    },
    await cluster.ports(),
  );
  const { base, report } = engine.judge(evidence);
  if (isUnknownNode(evidence, cluster, node)) {
    const names = [...fleetNames(base), ...cluster.inventory];
    return { kind: "unknown-node", ...about, nearest: nearestNames(node, names) };
  }
  const ports = {
    incidents: world.incidents,
    memoryProblem: world.memoryProblem,
    now: clock.now(),
    askedBy: question.askedBy,
    fleet: fleetOf(base),
  };
  return { kind: "report", report: await withMemory(withOwners(report, world.owners ?? []), ports), evidence };
}

/** No Node object, and SSH has nowhere to go: nothing can be said, only nearest names. */
function isUnknownNode({ items }: EvidenceSet, cluster: ClusterAccess, node: string): boolean {
  const object = items.find(({ probe }) => probe === "node-object")?.answer;
  return object?.kind === "absent" && !cluster.inventory.includes(node);
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

function fleetNames(base: FactBase): readonly string[] {
  return (factValue(base, "fleet.names") as readonly string[] | undefined) ?? [];
}

function fleetOf(base: FactBase): readonly Identity[] | null {
  const rows = factValue(base, "fleet.rows") as readonly Row[] | undefined;
  const text = (row: Row, column: string): string | null => (row[column] ? String(row[column]) : null);
  return (
    rows?.map((row) => ({
      bootId: null,
      nodeUid: null,
      image: text(row, "image"),
      kernel: text(row, "kernel"),
      kubelet: text(row, "kubelet"),
      runtime: text(row, "runtime"),
      zone: text(row, "zone"),
      pool: text(row, "pool"),
      instanceType: text(row, "instanceType"),
    })) ?? null
  );
}
