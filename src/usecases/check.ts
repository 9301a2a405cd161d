import type { Ports } from "../collect/ports.ts";
import type { Evidence, EvidenceSet } from "../evidence/evidence.ts";
import type { Forecast } from "../report/forecast.ts";
import { forecastWithOwners } from "../report/owners.ts";
import { inOrder } from "../shared/in-order.ts";
import { isUnknownNode, readNode } from "./diagnose.ts";
import { type Found, findNode, type NotFound, nodeNames } from "./find-node.ts";
import { nearestNames } from "./names.ts";
import type { ClusterAccess, World } from "./ports.ts";
import { sharedReads } from "./shared-reads.ts";

/** What will break of a node, or why it cannot be looked at. */
export type Checked = { readonly kind: "forecast"; readonly forecast: Forecast } | NotFound;

/** Reads one node and says what will break, `withinMs` ahead. Nothing is remembered: no trouble, no incident. */
export async function checkNode(name: string, withinMs: number, world: World): Promise<Checked> {
  const found = await findNode(name, world);
  if (found.kind !== "found") return found;
  const evidence = await readPatiently(found, world);
  if (isUnknownNode(evidence, found.cluster, found.node)) return unknownNode(found);
  return { kind: "forecast", forecast: foresee(evidence, withinMs, world) };
}

/**
 * Nobody waits for a forecast at night: what a busy node did not answer in time is asked once more. Its time limits
 * stay as they are, since a sudoers line may name them.
 */
async function readPatiently(found: Found, world: World, ports: Ports | null = null): Promise<EvidenceSet> {
  const options = ports ? { ports } : {};
  const first = await readNode(found, world, options);
  const answered = first.items.some(({ source, answer }) => source === "ssh" && answer.kind !== "unavailable");
  if (!answered || !first.items.some(wasLate)) return first;
  const again = await readNode(found, world, options);
  const byProbe = new Map(again.items.map((item) => [item.probe, item]));
  return { ...first, items: first.items.map((item) => (wasLate(item) ? (byProbe.get(item.probe) ?? item) : item)) };
}

const wasLate = ({ source, answer }: Evidence): boolean =>
  source === "ssh" && answer.kind === "unavailable" && answer.reason === "timed-out";

async function unknownNode({ cluster, node }: Found): Promise<NotFound> {
  const names = (await nodeNames(await cluster.ports())) ?? [];
  const nearest = nearestNames(node, [...names, ...cluster.inventory]);
  return { kind: "unknown-node", node, cluster: cluster.name, nearest };
}

function foresee(evidence: EvidenceSet, withinMs: number, { engine, owners = [] }: World): Forecast {
  return forecastWithOwners(engine.foresee(evidence, withinMs), owners);
}

export interface CheckAllRequest {
  readonly withinMs: number;
  /** Nodes read at once, in all clusters together. */
  readonly atOnce: number;
  /** Called in the order of cluster and name, each as soon as those before it are done. */
  readonly onForecast: (forecast: Forecast) => void;
}

/** Looks at every node of every cluster; the clusters that could not say which nodes they have. */
export async function checkAll(
  { withinMs, atOnce, onForecast }: CheckAllRequest,
  world: World,
): Promise<{ readonly failed: readonly string[] }> {
  const fleets = await Promise.all(world.clusters.map((cluster) => fleetOf(cluster, world)));
  const jobs = fleets.flatMap(
    ({ cluster, names, ports }) =>
      names?.map((node) => async () => {
        const found: Found = { kind: "found", cluster, node };
        return foresee(await readPatiently(found, world, ports), withinMs, world);
      }) ?? [],
  );
  await inOrder(jobs, atOnce, onForecast);
  return { failed: fleets.flatMap(({ cluster, names }) => (names === null ? [cluster.name] : [])) };
}

interface Fleet {
  readonly cluster: ClusterAccess;
  readonly names: readonly string[] | null;
  readonly ports: Ports | null;
}

async function fleetOf(cluster: ClusterAccess, { engine }: World): Promise<Fleet> {
  const own = await cluster.ports();
  const names = await nodeNames(own);
  return { cluster, names: names && [...names].sort(), ports: sharedReads(own, engine.registry.probes) };
}
