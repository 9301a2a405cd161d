import { type Answer, unavailable, type Window } from "../../evidence/evidence.ts";
import type { Machine, Ports } from "../ports.ts";
import type { Known, Probe } from "../probe.ts";
import type { Address } from "./address.ts";
import { type Ask, questionOf, type Reply, timed, unasked } from "./source.ts";

const minute = 60_000;
/** Before the last heartbeat and after it: what killed the machine was measured and written before. */
const [before, after] = [15 * minute, 2 * minute];

/**
 * Asks those who do not live on the node: whoever runs the machine, and the stores of what left it while it could
 * still speak. None of them needs the node to answer.
 */
export function cloudSource(
  { clock, ...ports }: Pick<Ports, "clock" | "cloud" | "metrics" | "logs">,
  { node, window }: { readonly node: string; readonly window?: Window },
  address: () => Promise<Address>,
  signal: AbortSignal,
): Ask {
  return async (probe, known): Promise<Reply> => {
    const where = await address();
    const machine = { node, providerID: providerIn(known), address: where.ok ? where.value : null };
    const hours = window ?? lastHours(known, clock.now());
    const put = taskOf(probe, ports, { machine, hours, signal });
    const question = [...questionOf(probe, node), ...wordsOf(probe, machine, hours)];
    if (put === null) return unasked(question, unavailable("not-configured", "it is off in this cluster"));
    return timed(clock, question, put);
  };
}

interface About {
  readonly machine: Machine;
  readonly hours: Window;
  readonly signal: AbortSignal;
}

function taskOf(
  { via, limits }: Probe,
  { cloud, metrics, logs }: Pick<Ports, "cloud" | "metrics" | "logs">,
  { machine, hours, signal }: About,
): (() => Promise<Answer>) | null {
  if (via.source === "cloud" && cloud !== undefined) return () => cloud.get(via.question, machine, limits, signal);
  if (via.source === "metrics" && metrics !== undefined) return () => metrics.range(machine, hours, limits, signal);
  if (via.source === "logs" && logs !== undefined) return () => logs.tail(via.of, machine, hours, limits, signal);
  return null;
}

function wordsOf({ via }: Probe, { providerID }: Machine, { from, until }: Window): readonly string[] {
  return via.source === "cloud" ? [providerID ?? "no providerID"] : [from, until];
}

function providerIn(known: Known): string | null {
  const id = known.get("node.providerID");
  return typeof id === "string" ? id : null;
}

/** Around the last heartbeat, where one is known; a clock that runs ahead moves nothing into the future. */
function lastHours(known: Known, now: Date): Window {
  const renewed = known.get("lease.renewTime");
  const last = typeof renewed === "string" ? Date.parse(renewed) : Number.NaN;
  const until = Number.isFinite(last) ? Math.min(last + after, now.getTime()) : now.getTime();
  return { from: new Date(until - after - before).toISOString(), until: new Date(until).toISOString() };
}
