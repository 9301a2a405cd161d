import type { FactSpec } from "../../facts/fact.ts";

/** Facts about a node's conditions, whoever shows them: the Node object, or a list somebody pasted. */
export const conditionSpecs: Readonly<Record<string, FactSpec>> = {
  "node.ready": { type: "string", says: "the Ready condition's status", values: ["True", "False", "Unknown"] },
  "node.readyReason": { type: "string", says: "the Ready condition's reason" },
  "node.readyMessage": { type: "string", says: "the Ready condition's message" },
  "node.readySince": { type: "time", says: "when the Ready condition last changed" },
  "node.heartbeat": { type: "time", says: "when the kubelet last confirmed the Ready condition" },
  "node.conditions": {
    type: "rows",
    says: "all conditions of the node",
    columns: ["type", "status", "reason", "message", "heartbeat", "since"],
  },
};
