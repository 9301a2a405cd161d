import type { Reader } from "../../facts/reader.ts";
import { linesOf } from "../parse/answer.ts";
import type { NodeCondition } from "../parse/kubernetes.ts";
import { alarmingLines, conditionFacts } from "../parse/node-facts.ts";
import { conditionSpecs } from "../parse/node-specs.ts";
import { mailStamp } from "../parse/stamp.ts";

const stamp = "([A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4})";
/** `  DiskPressure  True  Tue, 18 Oct 2016 02:09:49 -0400  Tue, 18 Oct 2016 02:05:38 -0400  KubeletHasDiskPressure  kubelet …`. */
const condition = new RegExp(
  `^\\s{0,8}([A-Z]\\w{2,60})\\s+(True|False|Unknown)\\s+${stamp}\\s+${stamp}\\s+(\\w{2,80})\\s+(.*)$`,
);

/** The conditions in what `kubectl describe node` prints; a part of the table is read as far as it goes. */
export const nodeDescribe: Reader = {
  id: "node-describe",
  provides: conditionSpecs,
  streams: ["conditions"],
  recognises: (words) =>
    /^(kubectl|oc)$/.test(words[0] ?? "") && words[1] === "describe" && /^(nodes?|no)(\/|$)/.test(words[2] ?? ""),
  read: (answer) => {
    const conditions = linesOf(answer).flatMap(conditionOf);
    if (conditions.length === 0) return {};
    const whole = conditions.some(({ type }) => type === "Ready");
    return { ...(whole ? { facts: conditionFacts(conditions) } : {}), logs: { conditions: alarmingLines(conditions) } };
  },
};

function conditionOf(line: string): readonly NodeCondition[] {
  const [, type, status, heartbeat, changed, reason, message] = condition.exec(line) ?? [];
  if (type === undefined || status === undefined) return [];
  return [
    { type, status, reason, message, lastHeartbeatTime: mailStamp(heartbeat), lastTransitionTime: mailStamp(changed) },
  ];
}
