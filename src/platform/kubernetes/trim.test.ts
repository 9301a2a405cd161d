import { expect, test } from "@jest/globals";
import { listText, pageOf } from "./trim.ts";

test("a cluster of 5,000 nodes fits into 20 MB", () => {
  const node = (index: number): unknown => ({
    metadata: {
      name: `worker-${index}`,
      labels: Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`label.example/${at}`, "a".repeat(20)])),
      managedFields: "m".repeat(4_000),
    },
    status: {
      images: "i".repeat(8_000),
      nodeInfo: { kernelVersion: "6.1" },
      conditions: Array(5).fill({ type: "Ready", message: "m".repeat(80) }),
    },
  });
  const page = pageOf({ kind: "NodeList", items: Array.from({ length: 500 }, (_, index) => node(index)) });
  const { text, truncated } = listText("NodeList", page?.items ?? [], 2_000_000);
  expect([JSON.parse(text).items.length, truncated]).toEqual([500, false]);
});

test.each([null, "text", 7, {}, { items: "no list" }, { kind: "Node", metadata: {} }])("%j is no list", (body) => {
  expect(pageOf(body)).toBeNull();
});
