import { isHung, isWhole, statusOf, textOf } from "../parse/answer.ts";
import { facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";
import { kubeletHealthz } from "./kubelet-healthz.ts";

/** The same health check behind the kubelet's port 10250, for somebody it knows. */
export const kubeletApiHealthz = defineProbe({
  id: "kubelet-api-healthz",
  asks: "Does the kubelet call itself healthy, asked through its API?",
  provides: kubeletHealthz.provides,
  via: { source: "kubelet-api", path: "/healthz" },
  limits: { timeoutMs: 4_000, maxBytes: 16 * 1024 },
  read: (answer) => {
    if (isHung(answer) || !isWhole(answer)) return {};
    const text = textOf(answer).trim();
    const ok = text === "ok" && statusOf(answer) === 0;
    const failing = text.split("\n").find((line) => line.startsWith("[-]"));
    if (!ok && failing === undefined) return {};
    return {
      facts: facts({
        "kubelet.healthz": shown(ok ? "ok" : "other", failing ?? text),
        "kubelet.healthzMessage": ok ? null : shown(text.slice(0, 2_000), failing),
      }),
    };
  },
});
