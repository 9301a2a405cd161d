import { isWhole, textOf } from "../parse/answer.ts";
import { instanceIn, instanceStates } from "../parse/cloud-instance.ts";
import { facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const healths = ["OK", "Warning", "Critical"] as const;

/** Whether the machine runs, by whoever runs it: nothing on the node can tell off from cut off. */
export const cloudInstance = defineProbe({
  id: "cloud-instance",
  asks: "Does the machine run, and if not, why and since when?",
  provides: {
    "cloud.instance.state": { type: "string", says: "whether the machine runs, by its cloud", values: instanceStates },
    "cloud.instance.stateReason": { type: "string", says: "why it is in this state, in the cloud's words" },
    "cloud.instance.launched": { type: "time", says: "when it was last started" },
    "cloud.instance.stopped": { type: "time", says: "when it was last stopped" },
    "cloud.instance.spot": { type: "boolean", says: "whether the cloud may take it back at any time" },
    "cloud.instance.preempted": { type: "boolean", says: "whether the cloud took it back" },
    "cloud.instance.health": {
      type: "string",
      says: "the hardware's health by its management controller",
      values: healths,
    },
  },
  via: { source: "cloud", question: "instance" },
  after: ["node.providerID"],
  limits: { timeoutMs: 8_000, maxBytes: 256 * 1024 },
  byHand: ["aws", "ec2", "describe-instances", "--instance-ids", "INSTANCE"],
  read: (answer) => {
    if (answer.kind === "absent") return { facts: { "cloud.instance.state": shown("gone", answer.detail) } };
    const found = isWhole(answer) ? instanceIn(textOf(answer)) : undefined;
    if (found === undefined) return {};
    const { state, line, reason, launched, stopped, spot, preempted, health } = found;
    return {
      facts: facts({
        "cloud.instance.state": shown(state, line, state === "stopped" ? stopped : undefined),
        "cloud.instance.stateReason": reason === undefined ? null : shown(reason.slice(0, 500), line),
        "cloud.instance.launched": launched,
        "cloud.instance.stopped": stopped,
        "cloud.instance.spot": spot,
        "cloud.instance.preempted": preempted === undefined ? undefined : shown(preempted, line, stopped),
        "cloud.instance.health": healths.find((each) => each === health),
      }),
    };
  },
});
