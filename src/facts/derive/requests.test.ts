import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { requests } from "./requests.ts";

const derive = (known: Readonly<Record<string, FactValue>>) =>
  requests.derive(new Map(Object.entries(known)), { at: null });

test("requests against what is allocatable", () => {
  expect(
    derive({
      "pods.requestedCpuMilli": 3900,
      "node.allocatableCpuMilli": 4000,
      "pods.requestedMemoryKiB": 512,
      "node.allocatableMemoryKiB": 2048,
    }),
  ).toEqual({ "pods.requestedCpuPercent": 98, "pods.requestedMemoryPercent": 25 });
});

test("half of it says half; nothing to give says nothing", () => {
  expect(derive({ "pods.requestedCpuMilli": 3900 })).toEqual({});
  expect(derive({ "pods.requestedCpuMilli": 1, "node.allocatableCpuMilli": 0 })).toEqual({});
});
