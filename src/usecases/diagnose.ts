import type { Ports } from "../collect/ports.ts";
import { collect, type Progress } from "../collect/run.ts";
import type { EvidenceSet, Window } from "../evidence/evidence.ts";
import { type FactBase, factValue } from "../facts/base.ts";
import type { Row } from "../facts/fact.ts";
import { knownFacts } from "../facts/read.ts";
import type { Identity } from "../remember/incident.ts";
import { withOwners } from "../report/owners.ts";
import type { Report } from "../report/report.ts";
import { type Found, findNode, type NotFound } from "./find-node.ts";
import { nearestNames } from "./names.ts";
import type { ClusterAccess, World } from "./ports.ts";
import { withMemory } from "./remember.ts";

export interface Question {
  /** As typed: `worker-7` or `cluster/worker-7`. */
  readonly name: string;
  readonly askedBy: string;
  /** Asked about the past: only what keeps a record is read, and nothing is remembered of it. */
  readonly window?: Window;
  readonly onProgress?: (event: Progress, about: { readonly cluster: string; readonly node: string }) => void;
}

/** The answer, or why there cannot be one; each is an expected outcome. */
export type Diagnosis = { readonly kind: "report"; readonly report: Report; readonly evidence: EvidenceSet } | NotFound;

/** The main road: find the node, collect, judge, remember. */
export async function diagnose(question: Question, world: World): Promise<Diagnosis> {
  const found = await findNode(question.name, world);
  return found.kind === "found" ? diagnoseIn(found, question, world) : found;
}

interface ReadOptions {
  readonly ports?: Ports;
  readonly onProgress?: (event: Progress) => void;
  readonly window?: Window;
}

/** Asks everything about one node. `ports`: left out, the cluster's own. */
export async function readNode(
  { cluster, node }: Found,
  world: World,
  { ports, onProgress, window }: ReadOptions = {},
): Promise<EvidenceSet> {
  const { engine, clock } = world;
  return collect(
    {
      cluster: cluster.name,
      node,
      at: window?.until ?? clock.now().toISOString(),
      ...(window ? { window } : {}),
      deadlineMs: world.deadlineMs,
      probes: engine.registry.probes,
      derivations: engine.registry.derivations,
      readers: (items) => knownFacts(items, engine.registry, node),
      ...(onProgress ? { onProgress } : {}),
    },
    ports ?? (await cluster.ports()),
  );
}

async function diagnoseIn(found: Found, question: Question, world: World): Promise<Diagnosis> {
  const { cluster, node } = found;
  const about = { cluster: cluster.name, node };
  const { window } = question;
  const onProgress = (event: Progress): void => question.onProgress?.(event, about);
  const evidence = await readNode(found, world, { onProgress, ...(window ? { window } : {}) });
  const { base, report } = world.engine.judge(evidence);
  if (isUnknownNode(evidence, cluster, node)) {
    const names = [...fleetNames(base), ...cluster.inventory];
    return { kind: "unknown-node", ...about, nearest: nearestNames(node, names) };
  }
  const owned = withOwners(report, world.owners ?? []);
  if (window) return { kind: "report", report: owned, evidence };
  const ports = {
    incidents: world.incidents,
    memoryProblem: world.memoryProblem,
    now: world.clock.now(),
    askedBy: question.askedBy,
    fleet: fleetOf(base),
  };
  return { kind: "report", report: await withMemory(owned, ports), evidence };
}

/** No Node object, and SSH has nowhere to go: nothing can be said, only nearest names. */
export function isUnknownNode({ items }: EvidenceSet, cluster: ClusterAccess, node: string): boolean {
  const object = items.find(({ probe }) => probe === "node-object")?.answer;
  return object?.kind === "absent" && !cluster.inventory.includes(node);
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
