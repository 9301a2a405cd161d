import { neighbourFacts, neighbourSpec } from "../parse/neighbours.ts";
import { defineProbe } from "../probe.ts";

/** The same of the kubelet's port: the host is up where it refuses, and the kubelet where it answers. */
export const neighbourReachKubelet = defineProbe({
  id: "neighbour-reach-kubelet",
  asks: "Do two Ready nodes reach this node's kubelet port?",
  provides: { "neighbour.reach.kubelet": neighbourSpec("kubelet") },
  after: ["fleet.rows"],
  via: { source: "local", reach: { port: 10250, from: "neighbours" } },
  limits: { timeoutMs: 8_000, maxBytes: 1024 },
  read: (answer) => ({ facts: neighbourFacts("neighbour.reach.kubelet", answer) }),
});
