import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { nodesIn, type SampleNode, sampleOf } from "./sample.ts";

const node = (name: string, zone: string, image: string, ready = true): SampleNode => ({ name, ready, zone, image });

test("unlike nodes first, and Ready ones", () => {
  const nodes = [
    node("a1", "a", "x"),
    node("a2", "a", "x"),
    node("b1", "b", "x"),
    node("c1", "c", "y", false),
    node("a3", "a", "y"),
  ];
  expect(sampleOf(nodes, 3).map(({ name }) => name)).toEqual(["a1", "a3", "b1"]);
});

test("never more than there are, never one twice", () => {
  const any = fc.record({
    name: fc.string({ minLength: 1 }),
    ready: fc.boolean(),
    zone: fc.constantFrom("a", "b"),
    image: fc.constantFrom("x", "y"),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(any, { selector: ({ name }) => name }),
      fc.integer({ min: 0, max: 5 }),
      (nodes, size) => {
        const taken = sampleOf(nodes, size);
        expect(taken).toHaveLength(Math.min(size, nodes.length));
        expect(new Set(taken.map(({ name }) => name)).size).toBe(taken.length);
      },
    ),
  );
});

test("reads a list of nodes, with little said of them", () => {
  const labels = { "topology.kubernetes.io/zone": "z" };
  const status = { conditions: [{ type: "Ready", status: "True" }], nodeInfo: { osImage: "Debian" } };
  const body = { items: [{ metadata: { name: "a", labels }, status }, { metadata: { name: "b" } }] };
  expect(nodesIn(JSON.stringify(body))).toEqual([node("a", "z", "Debian"), node("b", "", "", false)]);
});

test.each(["", "[]", '{"items":[{}]}', "null"])("no list of nodes: %s", (body) => {
  expect(nodesIn(body)).toBeNull();
});
