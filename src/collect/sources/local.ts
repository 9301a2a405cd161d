import { unavailable } from "../../evidence/evidence.ts";
import type { Ports } from "../ports.ts";
import type { Address } from "./address.ts";
import type { FromNeighbours } from "./neighbours.ts";
import { type Ask, questionOf, timed, unasked } from "./source.ts";

/** Asks from where node-why runs: can the node's address be reached at all? */
export function localSource(
  { clock, local }: Pick<Ports, "clock" | "local">,
  node: string,
  address: Promise<Address>,
  signal: AbortSignal,
  neighbours: FromNeighbours,
): Ask {
  return async (probe, known) => {
    if (probe.via.source !== "local") return unasked([], unavailable("not-asked", "not a question for this machine"));
    const where = await address;
    if (!where.ok) return unasked(questionOf(probe, node), where.problem);
    const { port, from } = probe.via.reach;
    if (from === "neighbours") {
      return timed(clock, ["neighbours", "curl", `http://${where.value}:${port}/`], () => neighbours(port, known));
    }
    return timed(clock, ["tcp-connect", where.value, String(port)], () =>
      local.connect(where.value, port, probe.limits.timeoutMs, signal),
    );
  };
}
