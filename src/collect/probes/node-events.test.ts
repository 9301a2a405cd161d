import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown } from "../parse/testing.ts";
import { nodeEvents } from "./node-events.ts";

/** kube-apiserver 1.34: one event in the old form with a count, one of the events.k8s.io form with a series. */
const sample = JSON.stringify({
  kind: "EventList",
  items: [
    {
      type: "Normal",
      reason: "NodeNotReady",
      message: "Node n3 status is now: NodeNotReady",
      count: 3,
      firstTimestamp: "2026-11-21T02:10:00Z",
      lastTimestamp: "2026-11-21T02:11:59Z",
    },
    {
      type: "Warning",
      reason: "CgroupV1",
      message: "cgroup v1 support is in\nmaintenance mode",
      eventTime: "2026-11-21T02:11:28.123456Z",
      lastTimestamp: null,
    },
    {
      type: "Normal",
      reason: "Rebooted",
      message: "x",
      series: { count: 2, lastObservedTime: "2026-11-21T02:11:30Z" },
    },
  ],
});

test("one line per event, oldest first", () => {
  const { logs } = nodeEvents.read(value(sample), nothingKnown);
  expect(logs?.events?.split("\n")).toEqual([
    "2026-11-21T02:11:28.123Z Warning CgroupV1 cgroup v1 support is in maintenance mode",
    "2026-11-21T02:11:30Z Normal Rebooted (x2) x",
    "2026-11-21T02:11:59Z Normal NodeNotReady (x3) Node n3 status is now: NodeNotReady",
  ]);
});

test("no events is an empty log, no list is none", () => {
  expect(nodeEvents.read(value('{"items":[]}'), nothingKnown).logs).toEqual({ events: "" });
  expect(nodeEvents.read(value('{"kind":"Status"}'), nothingKnown)).toEqual({});
});
