import { textOf } from "../parse/answer.ts";
import { storedLines } from "../parse/stored-log.ts";
import { defineProbe } from "../probe.ts";

/** The last lines of the kubelet that left the node. */
export const logsKubelet = defineProbe({
  id: "logs-kubelet",
  asks: "What did the kubelet write last, as far as it reached the log store?",
  provides: {},
  streams: ["kubelet"],
  via: { source: "logs", of: "kubelet" },
  after: ["lease.renewTime"],
  past: "the same",
  limits: { timeoutMs: 8_000, maxBytes: 1024 * 1024 },
  keep: "tail",
  byHand: ["logcli", "query", "--limit=500", "{hostname='NODE'}"],
  read: (answer, { node }) => {
    const lines = answer.kind === "value" ? storedLines(textOf(answer), "kubelet", node ?? "node") : undefined;
    return lines === undefined ? {} : { logs: { kubelet: lines } };
  },
});
