import { textOf } from "../parse/answer.ts";
import { storedLines } from "../parse/stored-log.ts";
import { defineProbe } from "../probe.ts";

/** The last lines of the kernel that left the node. */
export const logsKernel = defineProbe({
  id: "logs-kernel",
  asks: "What did the kernel write last, as far as it reached the log store?",
  provides: {},
  streams: ["kernel"],
  via: { source: "logs", of: "kernel" },
  after: ["lease.renewTime"],
  past: "the same",
  limits: { timeoutMs: 8_000, maxBytes: 1024 * 1024 },
  keep: "tail",
  byHand: ["logcli", "query", "--limit=500", "{hostname='NODE'}"],
  read: (answer, { node }) => {
    const lines = answer.kind === "value" ? storedLines(textOf(answer), "kernel", node ?? "node") : undefined;
    return lines === undefined ? {} : { logs: { kernel: lines } };
  },
});
