import { messageOf } from "../../../src/shared/errors.ts";
import { type Api, apiOf } from "../cluster/api.ts";
import type { Fault } from "../fault-schema.ts";
import { freshKernelLog } from "../host/kernel-log.ts";
import { bootNode, removeNode, waitReady } from "../node/boot.ts";
import { findSpec, gateName, type NodeSpec, type NodeWish } from "../node/spec.ts";
import type { Place } from "../place.ts";
import { type Outcome, type Recordings, tryFault } from "./trial.ts";

export interface MatrixWish {
  readonly faults: readonly Fault[];
  /** Only these are tried; empty: all. */
  readonly only: readonly string[];
  /** Nodes side by side. */
  readonly jobs: number;
  /** Images for `image: any`, in turn. */
  readonly images: readonly string[];
  /** Writes over the host's kernel log first, and before each fault that is alone. */
  readonly freshLog: boolean;
  readonly done: (tried: Tried) => Promise<void>;
}

export interface Tried {
  readonly fault: Fault;
  readonly node: string;
  readonly outcome: Outcome;
  /** null: it could not be tried. */
  readonly recordings: Recordings | null;
}

/** Tries every fault, each on a node of its own; those that want to be alone come last, one at a time. */
export async function runMatrix(
  place: Place,
  { faults, only, jobs, images, freshLog, done }: MatrixWish,
): Promise<void> {
  const api = apiOf(place);
  const nursery = nurseryOf(place, api);
  const all = faults.map((fault, index) => ({ fault, node: wishFor(fault, index, images) }));
  const wanted = all.filter(({ fault }) => only.length === 0 || only.includes(fault.name));
  if (wanted.some(({ node }) => node.kind === "bastion")) await bootGate(place, api, images[0] ?? "");
  const together = wanted.filter(({ fault }) => !fault.alone);
  const alone = wanted.filter(({ fault }) => fault.alone).sort((a, b) => loudness(a) - loudness(b));
  const fresh = freshLog ? () => freshKernelLog(place) : async () => undefined;
  await fresh();
  await inLanes(together, jobs, async (queue) => done(await through(place, api, nursery, queue)));
  await inLanes(alone, 1, async ({ now }) => {
    await fresh();
    await done(await through(place, api, nursery, { now, next: undefined }));
  });
}

interface Wanted {
  readonly fault: Fault;
  readonly node: NodeWish;
}

/** The kernel's log is shared and cannot be emptied: what shouts into it comes last of all. */
function loudness({ fault: { area, kind } }: Wanted): number {
  return kind !== "healthy" && ["filesystem", "memory", "pids"].includes(area) ? 1 : 0;
}

/** A fault always gets the same name of node, and the images take turns. */
function wishFor(fault: Fault, index: number, images: readonly string[]): NodeWish {
  const image = fault.image === "any" ? (images[index % images.length] ?? "") : fault.image;
  return { name: `worker-${index + 10}`, image, kind: fault.node };
}

/** Boots nodes once, whether they are wanted now or made ready ahead. */
type Nursery = (node: NodeWish) => Promise<NodeSpec>;

function nurseryOf(place: Place, api: Api): Nursery {
  const booted = new Map<string, Promise<NodeSpec>>();
  const anew = async (node: NodeWish): Promise<NodeSpec> => {
    // One that a matrix left behind when it was broken off is broken itself.
    if (findSpec(place, node.name) !== null) await removeNode(place, api, node.name);
    return bootNode(place, node);
  };
  return (node) => {
    const spec = booted.get(node.name) ?? anew(node);
    booted.set(node.name, spec);
    return spec;
  };
}

interface Queue<T> {
  readonly now: T;
  /** What the same hand is given next, to make that ready meanwhile. */
  readonly next: T | undefined;
}

async function inLanes<T>(items: readonly T[], hands: number, work: (queue: Queue<T>) => Promise<void>): Promise<void> {
  const left = [...items];
  const hand = async (): Promise<void> => {
    let now = left.shift();
    while (now !== undefined) {
      const next = left.shift();
      await work({ now, next });
      now = next;
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
}

async function through(place: Place, api: Api, nursery: Nursery, { now, next }: Queue<Wanted>): Promise<Tried> {
  const { fault, node } = now;
  try {
    await waitReady(place, api, await nursery(node));
    // A machine needs seconds of both CPUs to boot: the next one's are spent while this one's fault shows.
    if (next !== undefined) void nursery(next.node).catch(() => undefined);
    const { outcome, recordings } = await tryFault(place, api, fault, node);
    return { fault, node: node.name, outcome, recordings };
  } catch (thrown) {
    return { fault, node: node.name, outcome: untried(fault, node.image, messageOf(thrown)), recordings: null };
  } finally {
    if (findSpec(place, node.name) !== null) await removeNode(place, api, node.name);
  }
}

function untried({ name, kind }: Fault, image: string, why: string): Outcome {
  const nothing = { root: "", rank: null, verdict: "", answerSeconds: null, healedBy: "-", seconds: 0 };
  return { fault: name, kind, image, ...nothing, wrong: [`could not be tried: ${why}`] };
}

async function bootGate(place: Place, api: Api, image: string): Promise<void> {
  await waitReady(place, api, await bootNode(place, { name: gateName, image, kind: "gate" }));
}
