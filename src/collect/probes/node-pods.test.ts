import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { nodePods } from "./node-pods.ts";

const sample = JSON.stringify({
  kind: "PodList",
  items: [
    {
      metadata: {
        namespace: "pay",
        name: "db-0",
        ownerReferences: [{ kind: "StatefulSet", name: "db", controller: true }],
      },
      spec: {
        nodeName: "n1",
        volumes: [
          { name: "data", emptyDir: {} },
          { name: "host", hostPath: { path: "/srv" } },
        ],
      },
      status: {
        phase: "Running",
        conditions: [{ type: "Ready", status: "True" }],
        containerStatuses: [{ state: { running: {} } }],
      },
    },
    {
      metadata: { namespace: "kube-system", name: "etcd-n1", annotations: { "kubernetes.io/config.mirror": "ab" } },
      spec: { nodeName: "n1" },
      status: { phase: "Pending", containerStatuses: [{ state: { waiting: { reason: "ContainerCreating" } } }] },
    },
    { metadata: { namespace: "jobs", name: "done" }, spec: { nodeName: "n1" }, status: { phase: "Succeeded" } },
  ],
});

test("reads the pods, their controllers and what keeps them", () => {
  const found = valuesOf(nodePods, sample);
  expect(found).toMatchObject({ "pods.count": 2, "pods.stuckCreating": 1 });
  expect(found["pods.rows"]).toMatchObject([
    {
      name: "db-0",
      ready: true,
      controllerKind: "StatefulSet",
      controller: "db",
      hostPath: true,
      localData: true,
      static: false,
    },
    { name: "etcd-n1", ready: false, waiting: "ContainerCreating", static: true },
    { name: "done", phase: "Succeeded" },
  ]);
});

test("a list that was cut says nothing", () => {
  expect(valuesOf(nodePods, value(sample, { truncated: true }))).toEqual({});
});
