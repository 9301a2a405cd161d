import type { Unavailable, Window } from "../../evidence/evidence.ts";
import type { Result } from "../../shared/result.ts";
import type { Ports, SshSession } from "../ports.ts";
import type { Known, Probe } from "../probe.ts";
import { type Address, findAddress } from "./address.ts";
import { cloudSource } from "./cloud.ts";
import { kubeletApiSource } from "./kubelet-api.ts";
import { kubernetesSource } from "./kubernetes.ts";
import { localSource } from "./local.ts";
import { neighboursSource } from "./neighbours.ts";
import { podExecSource } from "./pod-exec.ts";
import type { Ask, Reply } from "./source.ts";
import { sshSource } from "./ssh.ts";

/** Every way in to one node, each opened when first needed, SSH and the pod at once. */
export interface Sources {
  readonly ask: Ask;
  /** The node itself has answered everything: nobody waits any longer for what only says it again. */
  readonly enough: () => void;
  readonly close: () => void;
}

export interface OpenRequest {
  readonly node: string;
  readonly probes: readonly Probe[];
  /** Set where the past is asked about. */
  readonly window?: Window;
  readonly onLogin: (session: Result<SshSession, Unavailable>) => void;
}

export function openSources(request: OpenRequest, ports: Ports, signal: AbortSignal): Sources {
  const { node, probes } = request;
  const enough = new AbortController();
  const kubernetes = kubernetesSource(ports, node, signal);
  const nodeObject = once(() => readNodeObject(request, ports, signal, kubernetes));
  const object = (): ReturnType<typeof answerOf> => answerOf(nodeObject());
  const address = once((): Promise<Address> => findAddress(node, ports.addresses, object()));
  const outside = once(() => cloudSource(ports, request, address, signal));
  const neighbours = once(() => neighboursSource(ports, node, { session: shells().session, address, signal }));
  const local = once(() => localSource(ports, node, address(), signal, (port, known) => neighbours().ask(port, known)));
  const kubelet = once(() => kubeletApiSource(ports, node, address, { deadline: signal, enough: enough.signal }));
  const shells = once(() => openShells(request, ports, address, signal));
  if (probes.some(({ via }) => via.source === "ssh")) shells(); // connect at once, whatever the order of the probes
  const ask: Ask = (probe, known) => {
    const { source } = probe.via;
    if (source === "ssh") return shells().ask(probe, known);
    if (source === "pod-exec") return shells().aboutPod(probe);
    if (source === "kubelet-api") return kubelet()(probe, known);
    if (source === "local") return local()(probe, known);
    if (source === "cloud" || source === "metrics" || source === "logs") return outside()(probe, known);
    return isNodePath(probe, node) ? nodeObject() : kubernetes(probe, known);
  };
  const close = (): void => {
    if (probes.some(opensShells)) shells().close();
    if (probes.some(asksNeighbours)) neighbours().close();
  };
  return { ask, enough: () => enough.abort(), close };
}

const asksNeighbours = ({ via }: Probe): boolean => via.source === "local" && via.reach.from === "neighbours";

function opensShells(probe: Probe): boolean {
  return ["ssh", "pod-exec"].includes(probe.via.source) || asksNeighbours(probe);
}

interface Shells {
  /** The login to the node itself. */
  readonly session: Promise<Result<SshSession, Unavailable>>;
  readonly ask: Ask;
  readonly aboutPod: (probe: Probe) => Promise<Reply>;
  readonly close: () => void;
}

/** Commands go over SSH; where that cannot be had, into the pod; where neither, SSH's reason is the answer. */
function openShells(
  { node, onLogin }: OpenRequest,
  ports: Ports,
  address: () => Promise<Address>,
  signal: AbortSignal,
): Shells {
  const ssh = sshSource(ports, node, address(), signal);
  void ssh.session.then(onLogin);
  const pod = podExecSource(ports, node, { ssh: ssh.session, address, signal });
  const ask = async (probe: Probe, known: Known): Promise<Reply> => {
    const way = (await ssh.session).ok || !(await pod.session).ok ? ssh : pod;
    const reply = await way.ask(probe, known);
    return way === pod ? { ...reply, source: "pod-exec" } : reply;
  };
  const close = (): void => {
    for (const way of [ssh, pod]) void way.session.then((session) => session.ok && session.value.close());
  };
  return { session: ssh.session, ask, aboutPod: pod.about, close };
}

/** The Node object is read once, for its own probe and for the node's address. */
function readNodeObject({ node, probes }: OpenRequest, ports: Ports, signal: AbortSignal, ask: Ask): Promise<Reply> {
  const probe = probes.find((one) => isNodePath(one, node));
  if (probe !== undefined) return ask(probe, new Map());
  const path = nodePath(node);
  const limits = { timeoutMs: 5_000, maxBytes: 1_000_000 };
  return ports.kubernetes.get(path, limits, signal).then((answer) => ({ asked: ["GET", path], answer, tookMs: 0 }));
}

const answerOf = (reply: Promise<Reply>) => reply.then(({ answer }) => answer);

const nodePath = (node: string): string => `/api/v1/nodes/${encodeURIComponent(node)}`;

function isNodePath({ via }: Probe, node: string): boolean {
  return via.source === "kubernetes" && via.path({ node }) === nodePath(node);
}

function once<Outcome>(make: () => Outcome): () => Outcome {
  let made: { readonly outcome: Outcome } | undefined;
  return () => {
    made ??= { outcome: make() };
    return made.outcome;
  };
}
