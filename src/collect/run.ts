import {
  sources as allSources,
  type Evidence,
  type EvidenceSet,
  type Unavailable,
  unavailable,
  type Window,
} from "../evidence/evidence.ts";
import { type Redactor, redactor } from "../evidence/redact.ts";
import type { FactValue } from "../facts/fact.ts";
import type { Derivation } from "../facts/reader.ts";
import { messageOf } from "../shared/errors.ts";
import type { Result } from "../shared/result.ts";
import { type Budget, startBudget } from "./budget.ts";
import { type Plan, planOf } from "./plan.ts";
import type { Ports, SshSession } from "./ports.ts";
import type { Known, Probe } from "./probe.ts";
import { openSources, type Sources } from "./sources/open.ts";
import { type Ask, questionOf, type Reply, unasked } from "./sources/source.ts";

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
export async function collect(given: CollectRequest, ports: Ports): Promise<EvidenceSet> {
  const request = { ...given, probes: askable(given.probes, ports) };
  const plan = planOf(request.probes, request.derivations);
  const budget = startBudget(ports.clock, request.deadlineMs ?? defaultDeadlineMs);
  request.onProgress?.({ kind: "began", total: request.probes.length });
  const sources = openSources({ ...request, onLogin: announced(request) }, ports, budget.signal);
  const secrets = redactor();
  try {
    const items = await askAll(request, ports, { plan, budget, sources, secrets });
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
    sources.close();
  }
}

function announced({ onProgress }: CollectRequest): (session: Result<SshSession, Unavailable>) => void {
  return (session) => {
    onProgress?.(
      session.ok ? { kind: "connected", source: "ssh" } : { kind: "lost", source: "ssh", why: session.problem },
    );
  };
}

/** A way in that is off is not asked: there is nothing to say of it. */
function askable(probes: readonly Probe[], ports: Ports): readonly Probe[] {
  return probes.filter(({ via: { source } }) => {
    if (source === "kubelet-api") return ports.kubelet !== undefined;
    if (source === "cloud" || source === "metrics" || source === "logs") return ports[source] !== undefined;
    return source !== "pod-exec" || ports.podExec !== undefined;
  });
}

/** What all questions of one collection share. */
interface Round {
  readonly plan: Plan;
  readonly budget: Budget;
  readonly sources: Sources;
  readonly secrets: Redactor;
}

async function askAll(request: CollectRequest, ports: Ports, round: Round): Promise<readonly Evidence[]> {
  const total = request.probes.length;
  const begun = new Map<string, Promise<Evidence>>();
  let done = 0;
  const onNode = stillOpen(request.probes, round.sources.enough);
  const begin = (probe: Probe): Promise<Evidence> => {
    const already = begun.get(probe.id);
    if (already !== undefined) return already;
    const earlier = request.probes.filter(({ id }) => round.plan.get(probe.id)?.includes(id)).map(begin);
    const instead = request.probes.filter((other) => readsTheSame(probe, other)).map(begin);
    const item = askOne(request, ports, round, probe, { earlier, instead }).then((evidence) => {
      done += 1;
      onNode(probe, evidence);
      request.onProgress?.({ kind: "answered", item: evidence, done, total });
      return evidence;
    });
    begun.set(probe.id, item);
    return item;
  };
  return Promise.all([...request.probes].sort(slowestFirst).map(begin));
}

/** Counts what the node itself was asked, and says so when all of it is there. */
function stillOpen(probes: readonly Probe[], enough: () => void): (probe: Probe, item: Evidence) => void {
  let open = probes.filter(({ via }) => via.source === "ssh").length;
  let answered = false;
  return (probe, { answer }) => {
    if (probe.via.source !== "ssh") return;
    open -= 1;
    answered ||= answer.kind !== "unavailable";
    if (open === 0 && answered) enough();
  };
}

/** A log is read once: lines that came twice, in two forms, would count twice. */
function readsTheSame({ via, streams = [] }: Probe, other: Probe): boolean {
  if (via.source !== "kubelet-api" || other.via.source !== "ssh") return false;
  return streams.some((stream) => other.streams?.includes(stream));
}

interface Before {
  /** Whose facts the question is built from. */
  readonly earlier: readonly Promise<Evidence>[];
  /** Whose answer makes the question needless. */
  readonly instead: readonly Promise<Evidence>[];
}

async function askOne(
  { node, readers, window }: CollectRequest,
  { clock }: Ports,
  { budget, sources: { ask }, secrets }: Round,
  probe: Probe,
  { earlier, instead }: Before,
): Promise<Evidence> {
  const asked = async (): Promise<Reply> => {
    const items = await Promise.all(earlier);
    if ((await Promise.all(instead)).some(({ answer }) => answer.kind === "value"))
      return unasked(questionOf(probe, node), unavailable("not-asked", "the node itself showed that log"));
    return asPast(probe, node, window, ask)(items.length === 0 ? nothingKnown : readers(items));
  };
  const replied = asked().catch((thrown: unknown) =>
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
    allSources.indexOf(one.source) - allSources.indexOf(other.source) ||
    compare(one.probe, other.probe) ||
    compare(one.asked.join("\0"), other.asked.join("\0"))
  );
}

/** By code unit: the order must not depend on anybody's locale. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
