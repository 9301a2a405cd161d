import { textOf } from "../parse/answer.ts";
import { storedLines } from "../parse/stored-log.ts";
import { defineProbe } from "../probe.ts";

/** The last lines of the container runtime that left the node. */
export const logsRuntime = defineProbe({
  id: "logs-runtime",
  asks: "What did the container runtime write last, as far as it reached the log store?",
  provides: {},
  streams: ["runtime"],
  via: { source: "logs", of: "runtime" },
  after: ["lease.renewTime"],
  past: "the same",
  limits: { timeoutMs: 8_000, maxBytes: 1024 * 1024 },
  keep: "tail",
  byHand: ["logcli", "query", "--limit=500", "{hostname='NODE'}"],
  read: (answer, { node }) => {
    const lines = answer.kind === "value" ? storedLines(textOf(answer), "containerd", node ?? "node") : undefined;
    return lines === undefined ? {} : { logs: { runtime: lines } };
  },
});
