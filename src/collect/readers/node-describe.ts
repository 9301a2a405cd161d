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

/** A row of the table of events, which stands last and is printed on its own too. */
const event = /^\s{0,8}(Normal|Warning)\s{2,}\w/;
/** Heads and rules of tables say nothing. */
const head = /^\s{0,8}(Type\s{2,}(Status|Reason)\s|-{3,}\s)/;

/**
 * What `kubectl describe node` prints: the conditions as facts, as far as the table goes, the events as such, and
 * all other lines (taints, versions, a condition cut off in its middle) as text.
 */
export const nodeDescribe: Reader = {
  id: "node-describe",
  provides: conditionSpecs,
  streams: ["conditions", "events", "other"],
  recognises: (words) =>
    /^(kubectl|oc)$/.test(words[0] ?? "") && words[1] === "describe" && /^(nodes?|no)(\/|$)/.test(words[2] ?? ""),
  read: (answer) => {
    const lines = linesOf(answer).filter((line) => !head.test(line));
    const conditions = lines.flatMap(conditionOf);
    const events = lines.filter((line) => event.test(line));
    const rest = lines.filter((line) => !event.test(line) && !condition.test(line));
    const whole = conditions.some(({ type }) => type === "Ready");
    return {
      ...(whole ? { facts: conditionFacts(conditions) } : {}),
      logs: {
        ...(conditions.length > 0 ? { conditions: alarmingLines(conditions) } : {}),
        ...(events.length > 0 ? { events: events.join("\n") } : {}),
        ...(rest.length > 0 ? { other: rest.join("\n") } : {}),
      },
    };
  },
};

function conditionOf(line: string): readonly NodeCondition[] {
  const [, type, status, heartbeat, changed, reason, message] = condition.exec(line) ?? [];
  if (type === undefined || status === undefined) return [];
  return [
    { type, status, reason, message, lastHeartbeatTime: mailStamp(heartbeat), lastTransitionTime: mailStamp(changed) },
  ];
}
