import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { nodes } from "./nodes.ts";

const node = (name: string, status: string, labels = {}) => ({
  metadata: { name, labels },
  status: { conditions: [{ type: "Ready", status }], nodeInfo: { kubeletVersion: "v1.34.4", kernelVersion: "6.1" } },
});

test("counts the nodes that are not Ready and says what tells them apart", () => {
  const items = [
    node("n1", "True", { "node-role.kubernetes.io/control-plane": "" }),
    node("n2", "Unknown", { "topology.kubernetes.io/zone": "a" }),
    node("n3", "False"),
  ];
  const found = valuesOf(nodes, JSON.stringify({ kind: "NodeList", items }));
  expect(found).toMatchObject({
    "fleet.total": 3,
    "fleet.notReady": 2,
    "fleet.notReadyPercent": 66.7,
    "fleet.names": ["n1", "n2", "n3"],
  });
  expect(found["fleet.rows"]).toMatchObject([
    { name: "n1", ready: "True", controlPlane: true, kubelet: "v1.34.4" },
    { name: "n2", ready: "Unknown", zone: "a", controlPlane: false },
    { name: "n3", ready: "False" },
  ]);
});

test("an error object is no empty fleet", () => {
  expect(valuesOf(nodes, '{"kind":"Status","status":"Failure"}')).toEqual({});
});
