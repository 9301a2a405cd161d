import { textOf } from "../parse/answer.ts";
import { defineProbe } from "../probe.ts";

/** The same of whichever runtime there is: a unit that has never written is left out. */
export const kubeletApiRuntimeLog = defineProbe({
  id: "kubelet-api-runtime-log",
  asks: "What did the container runtime write last in this boot, asked through the kubelet?",
  provides: {},
  streams: ["runtime"],
  via: { source: "kubelet-api", path: "/logs/?query=containerd&query=crio&boot=0&tailLines=5000" },
  limits: { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 },
  read: (answer) => (answer.kind === "value" ? { logs: { runtime: textOf(answer) } } : {}),
});
