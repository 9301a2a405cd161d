import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown, valuesOf } from "../parse/testing.ts";
import { nodeConditions } from "./node-conditions.ts";

const ready = {
  type: "Ready",
  status: "Unknown",
  reason: "NodeStatusUnknown",
  message: "Kubelet stopped posting node status.",
  lastTransitionTime: "2026-11-21T02:13:12Z",
  lastHeartbeatTime: null,
};

test("reads a list of conditions", () => {
  expect(valuesOf(nodeConditions, JSON.stringify([ready, "noise", { type: 7 }]))).toMatchObject({
    "node.ready": "Unknown",
    "node.readySince": "2026-11-21T02:13:12Z",
    "node.conditions": [{ type: "Ready", heartbeat: null }],
  });
});

test("the alarming ones are log lines", () => {
  const { logs } = nodeConditions.read(
    value(JSON.stringify([ready, { type: "MemoryPressure", status: "False" }])),
    nothingKnown,
  );
  expect(logs?.conditions).toBe(
    "2026-11-21T02:13:12Z Ready=Unknown NodeStatusUnknown: Kubelet stopped posting node status.",
  );
});

test.each(["", "null", "{}", "[]", "no JSON"])("%j shows none", (text) => {
  expect(nodeConditions.read(value(text), nothingKnown)).toEqual({});
});
