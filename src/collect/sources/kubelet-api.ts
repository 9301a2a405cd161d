import { unavailable } from "../../evidence/evidence.ts";
import type { Ports } from "../ports.ts";
import type { Address } from "./address.ts";
import { lanes } from "./lanes.ts";
import { type Ask, questionOf, type Reply, timed, unasked } from "./source.ts";

/** Its own limit on requests from one client is not known; few at once also keep a sick kubelet from worse. */
const atOnce = 3;

/**
 * Asks the node's kubelet through its own API. Nobody waits for it once `enough` is aborted: the node has said
 * all of that itself by then.
 */
export function kubeletApiSource(
  { clock, kubelet }: Pick<Ports, "clock" | "kubelet">,
  node: string,
  address: () => Promise<Address>,
  signals: { readonly deadline: AbortSignal; readonly enough: AbortSignal },
): Ask {
  const line = lanes(atOnce);
  const stop = AbortSignal.any([signals.deadline, signals.enough]);
  return async (probe): Promise<Reply> => {
    const question = questionOf(probe, node);
    if (probe.via.source !== "kubelet-api") return unasked(question, unavailable("not-asked", "not for the kubelet"));
    if (kubelet === undefined)
      return unasked(question, unavailable("not-configured", off, "set clusters[].kubeletApi"));
    const where = kubelet.needsAddress ? await address() : null;
    if (where !== null && !where.ok) return unasked(question, where.problem);
    const reader = kubelet.on({ node, address: where?.value ?? "" });
    const { path } = probe.via;
    const reply = await line.run(probe.limits.timeoutMs, () =>
      timed(clock, question, () => reader.get(path, probe.limits, stop)),
    );
    const late = reply.answer.kind === "unavailable" && signals.enough.aborted && !signals.deadline.aborted;
    return late ? unasked(question, unavailable("not-asked", "SSH had answered everything by then")) : reply;
  };
}

const off = "the kubelet's own API is not asked in this cluster";
