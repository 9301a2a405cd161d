import { textOf } from "../parse/answer.ts";
import { defineProbe } from "../probe.ts";

/** The newest lines of this boot; the kubelet runs journalctl for it (NodeLogQuery). */
export const kubeletApiLog = defineProbe({
  id: "kubelet-api-log",
  asks: "What did the kubelet write last in this boot, asked through its API?",
  provides: {},
  streams: ["kubelet"],
  via: { source: "kubelet-api", path: "/logs/?query=kubelet&boot=0&tailLines=5000" },
  limits: { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 },
  read: (answer) => (answer.kind === "value" ? { logs: { kubelet: textOf(answer) } } : {}),
});
