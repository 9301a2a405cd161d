import { linesOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { shown } from "../parse/reading.ts";
import { missingLine } from "../parse/stat.ts";
import { defineProbe } from "../probe.ts";

const path = "/var/lib/kubelet/cpu_manager_state";

/** The CPU manager's checkpoint: a kubelet whose policy differs from it does not start. */
export const cpuManagerState = defineProbe({
  id: "cpu-manager-state",
  asks: "Which policy did the CPU manager last run with?",
  provides: {
    "cpuManager.exists": { type: "boolean", says: "whether there is a CPU manager checkpoint" },
    "cpuManager.policy": { type: "string", says: "the policy in it" },
  },
  via: { source: "ssh", argv: ["head", "-c", "4096", path], sudo: true },
  limits: { timeoutMs: 1_000, maxBytes: 8 * 1024 },
  recognises: (words) => words.includes(path),
  read: (answer) => {
    const lines = linesOf(answer);
    const missing = missingLine(lines, path);
    if (missing !== undefined)
      return { facts: { "cpuManager.exists": shown(false, missing), "cpuManager.policy": null } };
    const line = lines.find((one) => one.includes('"policyName"'));
    const state = jsonIn(line ?? "");
    const policy = typeof state === "object" && state !== null && "policyName" in state ? state.policyName : undefined;
    return typeof policy === "string"
      ? { facts: { "cpuManager.exists": true, "cpuManager.policy": shown(policy, line) } }
      : {};
  },
});
