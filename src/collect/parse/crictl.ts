import type { Answer } from "../../evidence/evidence.ts";
import type { FactSpec } from "../../facts/fact.ts";
import type { Known } from "../probe.ts";
import { isHung, linesOf, statusOf, toolMissing } from "./answer.ts";
import { type Facts, facts, shown } from "./reading.ts";

export const answerSpecs: Readonly<Record<string, FactSpec>> = {
  "cri.answers": {
    type: "string",
    says: "how the runtime answers CRI calls",
    values: ["ok", "refused", "no-socket", "permission", "hung", "unimplemented", "deadline", "other"],
  },
  "cri.message": { type: "string", says: "what crictl said when the runtime did not answer" },
};

/** The order matters: a deadline's message may carry the reason for which no connection came about. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/connect: no such file or directory|no such file or directory.*\.sock|endpoint is not set/, "no-socket"],
  [/connect: permission denied/, "permission"],
  [/connect: connection refused/, "refused"],
  [/code = Unimplemented|unknown service runtime\.v1/, "unimplemented"],
  // The connection is taken, and then nothing comes: a stopped or deadlocked runtime (seen with containerd 1.6 under SIGSTOP).
  [/error reading server preface/, "hung"],
  [/DeadlineExceeded|context deadline exceeded|timed out waiting/, "deadline"],
];

/** What any crictl answer says about whether the runtime answers; nothing if crictl itself is not there. */
export function answersOf(answer: Answer): Facts {
  if (isHung(answer)) return { "cri.answers": "hung" };
  const lines = linesOf(answer);
  if (answer.kind !== "value" || toolMissing(lines)) return {};
  const complaint = lines.find((line) => /level=fatal|^FATA\[|^E\d{4} .*code = /.test(line));
  const status = statusOf(answer);
  if (complaint !== undefined)
    return { "cri.answers": shown(kindOf(complaint), complaint), "cri.message": shown(complaint.trim(), complaint) };
  if (status === 124 || status === 137) return { "cri.answers": "hung" };
  return {};
}

function kindOf(complaint: string): string {
  return refusals.find(([pattern]) => pattern.test(complaint))?.[1] ?? "other";
}

/** The same, for an answer whose table or JSON was read: then the runtime answers. */
export function answered(answer: Answer, seen: Facts, line: string | undefined): Facts {
  const failed = answersOf(answer);
  return "cri.answers" in failed ? failed : facts({ ...seen, "cri.answers": shown("ok", line) });
}

/**
 * crictl against the socket that was found, or its own configuration where none was. k3s and RKE2 bring their own
 * crictl in places that are on no PATH.
 */
export function crictl(...command: readonly string[]) {
  return (known: Known): readonly string[] => {
    const socket = known.get("cri.socket.path");
    const endpoint =
      known.get("cri.socket.exists") === true && typeof socket === "string"
        ? ["--runtime-endpoint", `unix://${socket}`]
        : [];
    return [...toolOf(known.get("kubelet.unit.name")), "--timeout", "5s", ...endpoint, ...command];
  };
}

function toolOf(unit: unknown): readonly string[] {
  if (typeof unit === "string" && unit.startsWith("k3s")) return ["k3s", "crictl"];
  if (typeof unit === "string" && unit.startsWith("rke2")) return ["/var/lib/rancher/rke2/bin/crictl"];
  return ["crictl"];
}

export const crictlAfter = ["cri.socket.path", "kubelet.unit.name"] as const;

/** `crictl info`, `crictl --runtime-endpoint X ps -a`, `k3s crictl pods`. */
export function isCrictl(words: readonly string[], command: string): boolean {
  const from = words[0] === "k3s" ? 1 : 0;
  return /(^|\/)crictl$/.test(words[from] ?? "") && words.slice(from + 1).includes(command);
}
