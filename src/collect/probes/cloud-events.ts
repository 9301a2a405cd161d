import { isWhole, textOf } from "../parse/answer.ts";
import { checkStates, eventsIn } from "../parse/cloud-events.ts";
import { facts } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** The cloud's own checks of the machine, and what it did or will do to it. */
export const cloudEvents = defineProbe({
  id: "cloud-events",
  asks: "Does the cloud find its part in order, and has it touched the machine or announced that it will?",
  provides: {
    "cloud.check.system": {
      type: "string",
      says: "the cloud's check of the host below the machine",
      values: checkStates,
    },
    "cloud.check.instance": {
      type: "string",
      says: "the cloud's check of the machine itself: whether it answers on the network",
      values: checkStates,
    },
    "cloud.check.disks": { type: "string", says: "the cloud's check of the machine's volumes", values: checkStates },
    "cloud.maintenance.rows": {
      type: "rows",
      says: "what the cloud does to the machine: announced, under way, or over",
      columns: ["what", "state", "from", "until"],
    },
    "cloud.preempted": { type: "boolean", says: "whether the last the cloud did was to take the machine back" },
  },
  via: { source: "cloud", question: "events" },
  after: ["node.providerID"],
  limits: { timeoutMs: 8_000, maxBytes: 512 * 1024 },
  byHand: ["aws", "ec2", "describe-instance-status", "--include-all-instances", "--instance-ids", "INSTANCE"],
  read: (answer, { at }) => {
    const found = isWhole(answer) ? eventsIn(textOf(answer), at === null ? null : Date.parse(at)) : undefined;
    if (found === undefined) return {};
    return {
      facts: facts({
        "cloud.check.system": found.system,
        "cloud.check.instance": found.instance,
        "cloud.check.disks": found.disks,
        "cloud.maintenance.rows": found.maintenance,
        "cloud.preempted": found.preempted,
      }),
    };
  },
});
