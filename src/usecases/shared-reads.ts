import type { Ports } from "../collect/ports.ts";
import type { Probe } from "../collect/probe.ts";
import type { Answer } from "../evidence/evidence.ts";

/** Ports whose questions about the whole cluster (all nodes, all certificate requests) are asked once for many nodes. */
export function sharedReads(ports: Ports, probes: readonly Probe[]): Ports {
  const shared = new Set(probes.flatMap(({ via }) => (via.source === "kubernetes" ? wholeCluster(via.path) : [])));
  const asked = new Map<string, Promise<Answer>>();
  const { kubernetes } = ports;
  return {
    ...ports,
    kubernetes: {
      get: (path, limits, signal) => {
        if (!shared.has(path)) return kubernetes.get(path, limits, signal);
        // Without the signal of the one who asks first: its deadline is not that of the others.
        const answer = asked.get(path) ?? kubernetes.get(path, limits);
        asked.set(path, answer);
        void answer.then(({ kind }) => kind === "unavailable" && asked.delete(path));
        return answer;
      },
    },
  };
}

function wholeCluster(path: (target: { readonly node: string }) => string): readonly string[] {
  const one = path({ node: "one" });
  return one === path({ node: "other" }) ? [one] : [];
}
