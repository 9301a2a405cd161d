import { describe, expect, test } from "@jest/globals";
import { absent, value } from "../../evidence/evidence.ts";
import { nothingKnown, valuesOf } from "../parse/testing.ts";
import { nodeObject } from "./node-object.ts";

/** kube-apiserver 1.34, node n3 of the lab, containerd stopped; managed fields left out. */
const sample = JSON.stringify({
  kind: "Node",
  apiVersion: "v1",
  metadata: {
    name: "n3",
    uid: "f48bd3ba-23ca-439c-bf60-520da4db21fa",
    creationTimestamp: "2026-11-21T02:11:28Z",
    labels: {
      "kubernetes.io/hostname": "n3",
      "topology.kubernetes.io/zone": "eu-1a",
      "cloud.google.com/gke-nodepool": "big",
    },
    annotations: { "volumes.kubernetes.io/controller-managed-attach-detach": "true" },
  },
  spec: {
    unschedulable: true,
    taints: [{ key: "node.kubernetes.io/not-ready", effect: "NoExecute", timeAdded: "2026-11-21T02:12:00Z" }],
  },
  status: {
    allocatable: { cpu: "2", pods: "110" },
    conditions: [
      {
        type: "DiskPressure",
        status: "False",
        lastHeartbeatTime: "2026-11-21T02:11:59Z",
        lastTransitionTime: "2026-11-21T02:11:28Z",
        reason: "KubeletHasNoDiskPressure",
        message: "kubelet has no disk pressure",
      },
      {
        type: "Ready",
        status: "False",
        lastHeartbeatTime: "2026-11-21T02:11:59Z",
        lastTransitionTime: "2026-11-21T02:11:58Z",
        reason: "KubeletNotReady",
        message: "container runtime is down",
      },
    ],
    addresses: [
      { type: "InternalIP", address: "10.77.0.13" },
      { type: "Hostname", address: "n3" },
    ],
    nodeInfo: {
      bootID: "3a434e24-6cc2-4b6e-83c5-db585550c463",
      kernelVersion: "6.18.44-fc-v657",
      osImage: "Debian GNU/Linux 12 (bookworm)",
      containerRuntimeVersion: "containerd://Unknown",
      kubeletVersion: "v1.34.4",
    },
  },
});

describe("node-object", () => {
  test("reads the Node object", () => {
    expect(valuesOf(nodeObject, sample)).toMatchObject({
      "node.exists": true,
      "node.ready": "False",
      "node.readyReason": "KubeletNotReady",
      "node.readyMessage": "container runtime is down",
      "node.readySince": "2026-11-21T02:11:58Z",
      "node.heartbeat": "2026-11-21T02:11:59Z",
      "node.unschedulable": true,
      "node.taints": [
        { key: "node.kubernetes.io/not-ready", value: null, effect: "NoExecute", since: "2026-11-21T02:12:00Z" },
      ],
      "node.internalIP": "10.77.0.13",
      "node.zone": "eu-1a",
      "node.pool": "big",
      "node.image": "Debian GNU/Linux 12 (bookworm)",
      "node.bootID": "3a434e24-6cc2-4b6e-83c5-db585550c463",
      "node.maxPods": 110,
      "node.instanceType": null,
    });
  });

  test("gives only alarming conditions to the log, with the time they changed", () => {
    const { logs } = nodeObject.read(value(sample), nothingKnown);
    expect(logs?.conditions).toBe("2026-11-21T02:11:58Z Ready=False KubeletNotReady: container runtime is down");
  });

  test("says since when the node is not Ready", () => {
    const { facts } = nodeObject.read(value(sample), nothingKnown);
    expect(facts?.["node.ready"]).toMatchObject({ value: "False", since: "2026-11-21T02:11:58Z" });
  });

  test.each(["KernelReady", "EtcdIsVoter"])("a True %s is no alarm", (type) => {
    const conditions = [{ type, status: "True", reason: "Fine", message: "fine" }];
    const { logs } = nodeObject.read(
      value(JSON.stringify({ kind: "Node", metadata: {}, spec: {}, status: { conditions } })),
      nothingKnown,
    );
    expect(logs?.conditions).toBe("");
  });

  test("finds the object among other text, and no node in another object", () => {
    const listed = JSON.stringify({ kind: "Node", metadata: { name: "a" } });
    expect(valuesOf(nodeObject, `$ kubectl get node a -o json\n${listed}\n[exit 0]`)).toMatchObject({
      "node.exists": true,
      "node.ready": null,
    });
    expect(valuesOf(nodeObject, JSON.stringify({ kind: "Status", code: 403 }))).toEqual({});
  });

  test("an absent node is known not to exist", () => {
    expect(valuesOf(nodeObject, absent("404"))).toMatchObject({ "node.exists": false, "node.ready": null });
  });

  test("asks for a name as data", () => {
    const { via } = nodeObject;
    expect(via.source === "kubernetes" && via.path({ node: "a/../b" })).toBe("/api/v1/nodes/a%2F..%2Fb");
  });
});
