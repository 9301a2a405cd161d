import { neighbourFacts, neighbourSpec } from "../parse/neighbours.ts";
import { defineProbe } from "../probe.ts";

/** The host may be up and only the way from here to it cut: asked of two nodes that are well. */
export const neighbourReachSsh = defineProbe({
  id: "neighbour-reach-ssh",
  asks: "Do two Ready nodes reach this node's SSH port?",
  provides: { "neighbour.reach.ssh": neighbourSpec("SSH") },
  after: ["fleet.rows"],
  via: { source: "local", reach: { port: 22, from: "neighbours" } },
  limits: { timeoutMs: 8_000, maxBytes: 1024 },
  read: (answer) => ({ facts: neighbourFacts("neighbour.reach.ssh", answer) }),
});
