import {
  type Evidence,
  type EvidenceSet,
  sources,
  type Unavailable,
  unavailable,
  type Window,
} from "../evidence/evidence.ts";
import { type Redactor, redactor } from "../evidence/redact.ts";
import type { FactValue } from "../facts/fact.ts";
import type { Derivation } from "../facts/reader.ts";
import { messageOf } from "../shared/errors.ts";
import { type Budget, startBudget } from "./budget.ts";
import { type Plan, planOf } from "./plan.ts";
import type { Ports } from "./ports.ts";
import type { Known, Probe } from "./probe.ts";
import { findAddress } from "./sources/address.ts";
import { kubernetesSource } from "./sources/kubernetes.ts";
import { localSource } from "./sources/local.ts";
import { type Ask, questionOf, type Reply, unasked } from "./sources/source.ts";
import { type SshSource, sshSource } from "./sources/ssh.ts";

export interface CollectRequest {
  readonly node: string;
  readonly cluster: string;
  /** When collecting began, ISO 8601 UTC. */
  readonly at: string;
  /** After this everything that has not answered is `unavailable(timed-out)`. Default 20,000. */
  readonly deadlineMs?: number;
  /** Set where the past is asked about. */
  readonly window?: Window;
  readonly probes: readonly Probe[];
  /** The facts that follow from what was read so far, for probes that ask `after` them. */
  readonly readers: (items: readonly Evidence[]) => ReadonlyMap<string, FactValue>;
  /** Only to find which probes a derived fact waits for. */
  readonly derivations?: readonly Derivation[];
  readonly onProgress?: (event: Progress) => void;
}

export type Progress =
  | { readonly kind: "began"; readonly total: number }
  | { readonly kind: "connected"; readonly source: "ssh" }
  | { readonly kind: "lost"; readonly source: "ssh"; readonly why: Unavailable }
  | { readonly kind: "answered"; readonly item: Evidence; readonly done: number; readonly total: number };

const defaultDeadlineMs = 20_000;

/**
 * Asks every probe, sources side by side, and returns one item for each, in the order of source,
 * probe and question. Whatever goes wrong with a probe is its answer.
 * @throws Bug only where the list of probes itself is wrong (see planOf).
 */
export async function collect(request: CollectRequest, ports: Ports): Promise<EvidenceSet> {
  const plan = planOf(request.probes, request.derivations);
  const budget = startBudget(ports.clock, request.deadlineMs ?? defaultDeadlineMs);
  request.onProgress?.({ kind: "began", total: request.probes.length });
  const { ask, close } = openSources(request, ports, budget);
  const secrets = redactor();
  try {
    const items = await askAll(request, ports, { plan, budget, ask, secrets });
    const { node, cluster, at } = request;
    const masked = secrets.masked();
    const about = {
      node,
      cluster,
      at,
      year: Number(at.slice(0, 4)),
      ...(masked === null ? {} : { masked }),
      ...windowOf(request),
    };
    return { schema: 1, ...about, items: [...items].sort(bySourceProbeAsked) };
  } finally {
    budget.stop();
    close();
  }
}

interface Sources {
  readonly ask: Ask;
  readonly close: () => void;
}

function openSources(request: CollectRequest, ports: Ports, budget: Budget): Sources {
  const { node } = request;
  const kubernetes = kubernetesSource(ports, node, budget.signal);
  const nodeObject = once(() => readNodeObject(request, ports, budget, kubernetes));
  const address = once(() =>
    findAddress(
      node,
      ports.addresses,
      nodeObject().then(({ answer }) => answer),
    ),
  );
  const local = once(() => localSource(ports, node, address(), budget.signal));
  const ssh = once(() => announced(request, sshSource(ports, node, address(), budget.signal)));
  const ask: Ask = (probe, known) => {
    if (probe.via.source === "ssh") return ssh().ask(probe, known);
    if (probe.via.source === "local") return local()(probe, known);
    return isNodePath(probe, node) ? nodeObject() : kubernetes(probe, known);
  };
  const asksSsh = request.probes.some(({ via }) => via.source === "ssh");
  const close = (): void => {
    if (asksSsh) void ssh().session.then((session) => session.ok && session.value.close());
  };
  if (asksSsh) ssh(); // connect at once, whatever the order of the probes
  return { ask, close };
}

/** The Node object is read once, for its own probe and for the node's address. */
function readNodeObject(request: CollectRequest, ports: Ports, budget: Budget, kubernetes: Ask): Promise<Reply> {
  const probe = request.probes.find((one) => isNodePath(one, request.node));
  if (probe !== undefined) return kubernetes(probe, new Map());
  const path = nodePath(request.node);
  const limits = { timeoutMs: 5_000, maxBytes: 1_000_000 };
  return ports.kubernetes
    .get(path, limits, budget.signal)
    .then((answer) => ({ asked: ["GET", path], answer, tookMs: 0 }));
}

const nodePath = (node: string): string => `/api/v1/nodes/${encodeURIComponent(node)}`;

function isNodePath({ via }: Probe, node: string): boolean {
  return via.source === "kubernetes" && via.path({ node }) === nodePath(node);
}

function announced(request: CollectRequest, source: SshSource): SshSource {
  void source.session.then((session) => {
    request.onProgress?.(
      session.ok ? { kind: "connected", source: "ssh" } : { kind: "lost", source: "ssh", why: session.problem },
    );
  });
  return source;
}

/** What all questions of one collection share. */
interface Round {
  readonly plan: Plan;
  readonly budget: Budget;
  readonly ask: Ask;
  readonly secrets: Redactor;
}

async function askAll(request: CollectRequest, ports: Ports, round: Round): Promise<readonly Evidence[]> {
  const total = request.probes.length;
  const begun = new Map<string, Promise<Evidence>>();
  let done = 0;
  const begin = (probe: Probe): Promise<Evidence> => {
    const already = begun.get(probe.id);
    if (already !== undefined) return already;
    const earlier = request.probes.filter(({ id }) => round.plan.get(probe.id)?.includes(id)).map(begin);
    const item = askOne(request, ports, round, probe, earlier).then((evidence) => {
      done += 1;
      request.onProgress?.({ kind: "answered", item: evidence, done, total });
      return evidence;
    });
    begun.set(probe.id, item);
    return item;
  };
  return Promise.all([...request.probes].sort(slowestFirst).map(begin));
}

async function askOne(
  { node, readers, window }: CollectRequest,
  { clock }: Ports,
  { budget, ask, secrets }: Round,
  probe: Probe,
  earlier: readonly Promise<Evidence>[],
): Promise<Evidence> {
  const replied = Promise.all(earlier)
    .then((items) => asPast(probe, node, window, ask)(items.length === 0 ? nothingKnown : readers(items)))
    .catch((thrown: unknown) =>
      unasked(questionOf(probe, node), unavailable("unreadable", `the probe failed: ${messageOf(thrown)}`)),
    );
  const late = unavailable("timed-out", "no answer before the deadline of the whole diagnosis");
  const reply = await budget.within(replied, () => unasked(questionOf(probe, node), late));
  return {
    probe: probe.id,
    source: probe.via.source,
    at: clock.now().toISOString(),
    ...reply,
    answer: secrets.clean(reply.answer),
  };
}

const windowOf = ({ window }: CollectRequest): { readonly window?: Window } => (window === undefined ? {} : { window });

/** Where the past is asked about, only what has a record of it is asked, and in words of its own. */
function asPast(probe: Probe, node: string, window: Window | undefined, ask: Ask): (known: Known) => Promise<Reply> {
  if (window === undefined || probe.past === "the same") return (known) => ask(probe, known);
  const { past, via } = probe;
  if (past === undefined || via.source !== "ssh") {
    const now = unavailable("not-asked", `it speaks of now, not of ${window.until}`);
    return () => Promise.resolve(unasked(questionOf(probe, node), now));
  }
  return (known) => ask({ ...probe, via: { ...via, argv: past(window) } }, known);
}

const nothingKnown: Known = new Map();

function slowestFirst(one: Probe, other: Probe): number {
  return other.limits.timeoutMs - one.limits.timeoutMs || compare(one.id, other.id);
}

function bySourceProbeAsked(one: Evidence, other: Evidence): number {
  return (
    sources.indexOf(one.source) - sources.indexOf(other.source) ||
    compare(one.probe, other.probe) ||
    compare(one.asked.join("\0"), other.asked.join("\0"))
  );
}

/** By code unit: the order must not depend on anybody's locale. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function once<Outcome>(make: () => Outcome): () => Outcome {
  let made: { readonly outcome: Outcome } | undefined;
  return () => {
    made ??= { outcome: make() };
    return made.outcome;
  };
}
