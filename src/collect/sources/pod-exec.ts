import { type Unavailable, unavailable, value } from "../../evidence/evidence.ts";
import { failed, type Result } from "../../shared/result.ts";
import type { Ports, SshSession } from "../ports.ts";
import type { Probe } from "../probe.ts";
import type { Address } from "./address.ts";
import { questionOf, type Reply, unasked } from "./source.ts";
import { type SshSource, sessionSource } from "./ssh.ts";

/** A session in a pod that already runs on the node: how it went, and how to ask through it. */
export interface PodExecSource extends SshSource {
  /** The probe that only tells which pod it is, or why there is none. */
  readonly about: (probe: Probe) => Promise<Reply>;
}

/**
 * Looks for the pod at once, beside SSH, and runs something in it only when SSH has failed. Where nothing listens on
 * the kubelet's port that is not tried: every exec goes through the kubelet.
 */
export function podExecSource(
  ports: Pick<Ports, "clock" | "podExec" | "local">,
  node: string,
  parts: {
    readonly ssh: Promise<Result<SshSession, Unavailable>>;
    readonly address: () => Promise<Address>;
    readonly signal: AbortSignal;
  },
): PodExecSource {
  const found = ports.podExec?.find(node, parts.signal) ?? Promise.resolve(failed(off));
  const session = parts.ssh.then(async (ssh) => {
    if (ssh.ok) return failed(notNeeded);
    const pod = await found;
    if (!pod.ok) return pod;
    return (await kubeletIsDown(ports, parts)) ?? pod.value.open(parts.signal);
  });
  const about = async (probe: Probe): Promise<Reply> => {
    const opened = await session;
    const pod = await found;
    const named = pod.ok ? `${pod.value.pod}\n` : "";
    return unasked(questionOf(probe, node), opened.ok ? value(named) : opened.problem);
  };
  return { ...sessionSource(ports.clock, node, session, parts.signal), about };
}

const off = unavailable("not-configured", "no pod to run commands in is configured", "set clusters[].podExec");
const notNeeded = unavailable("not-asked", "SSH answered");
const kubeletPort = 10_250;
const connectMs = 1_500;

/** Only a refusal is proof: that the port cannot be reached from here says nothing of the API server's way. */
async function kubeletIsDown(
  { local }: Pick<Ports, "local">,
  { address, signal }: { readonly address: () => Promise<Address>; readonly signal: AbortSignal },
): Promise<Result<never, Unavailable> | null> {
  const where = await address();
  if (!where.ok) return null;
  const answer = await local.connect(where.value, kubeletPort, connectMs, signal);
  const refused = answer.kind === "value" && answer.stdout.trim() === "refused";
  const why = "no kubelet listens on the node's port 10250, and every exec goes through it";
  return refused ? failed(unavailable("refused", why)) : null;
}
