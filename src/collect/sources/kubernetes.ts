import { unavailable } from "../../evidence/evidence.ts";
import type { Ports } from "../ports.ts";
import type { Probe } from "../probe.ts";
import { type Ask, type Reply, timed, unasked } from "./source.ts";

/** Asks the API server; each question is a GET of its own. */
export function kubernetesSource(
  { clock, kubernetes }: Pick<Ports, "clock" | "kubernetes">,
  node: string,
  signal: AbortSignal,
): Ask {
  return async (probe: Probe): Promise<Reply> => {
    if (probe.via.source !== "kubernetes") return unasked([], unavailable("not-asked", "not a question for the API"));
    const path = probe.via.path({ node });
    return timed(clock, ["GET", path], () => kubernetes.get(path, probe.limits, signal));
  };
}
