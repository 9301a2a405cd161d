import type { FactSpec, FactValue } from "../../facts/fact.ts";
import { textOf } from "../parse/answer.ts";
import { flavourOfNode } from "../parse/flavours.ts";
import { jsonIn } from "../parse/json.ts";
import type { NodeObject } from "../parse/kubernetes.ts";
import { setBy } from "../parse/managed-fields.ts";
import { alarmingLines, conditionFacts, nodeIn, nodeTraits } from "../parse/node-facts.ts";
import { conditionSpecs } from "../parse/node-specs.ts";
import { quantity } from "../parse/quantity.ts";
import type { Facts } from "../parse/reading.ts";
import { getsJson } from "../parse/recognise.ts";
import { isoStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

const provides: Readonly<Record<string, FactSpec>> = {
  "node.exists": { type: "boolean", says: "whether the cluster has a Node object of this name" },
  ...conditionSpecs,
  "node.unschedulable": { type: "boolean", says: "whether the node is cordoned" },
  "node.taints": { type: "rows", says: "the node's taints", columns: ["key", "value", "effect", "since"] },
  "node.addresses": { type: "rows", says: "the addresses the node reports", columns: ["type", "address"] },
  "node.internalIP": { type: "string", says: "the first InternalIP the node reports" },
  "node.providerID": { type: "string", says: "the cloud's id of the machine" },
  "node.zone": { type: "string", says: "the zone label" },
  "node.pool": { type: "string", says: "the node pool, by whichever label the cloud sets" },
  "node.instanceType": { type: "string", says: "the machine type label" },
  "node.osImage": { type: "string", says: "the operating system as the kubelet reports it" },
  "node.image": { type: "string", says: "the machine image's label where the cloud sets one, else the OS image" },
  "node.kernel": { type: "string", says: "the kernel version the kubelet last reported" },
  "node.kubeletVersion": { type: "string", says: "the kubelet version last reported" },
  "node.runtimeVersion": {
    type: "string",
    says: "the runtime version last reported (containerd://Unknown: it was not asked or did not answer)",
  },
  "node.bootID": { type: "string", says: "the boot id the kubelet last reported" },
  "node.uid": { type: "string", says: "the Node object's uid" },
  "node.created": { type: "time", says: "when the Node object was made" },
  "node.maxPods": { type: "number", says: "how many pods the node may run" },
  "node.setBy": {
    type: "rows",
    says: "who last set the node's taints and cordon, and when, by the API server's record of managers",
    columns: ["what", "manager", "operation", "at"],
  },
  "node.flavour": { type: "string", says: "which distribution of Kubernetes the node is of" },
  "node.noShell": { type: "string", says: "why no command can be run on this flavour of node" },
  "node.allocatable": { type: "rows", says: "what pods may use of the node", columns: ["resource", "quantity"] },
  "node.allocatableCpuMilli": { type: "number", says: "CPU that pods may ask for", unit: "millicores" },
  "node.allocatableMemoryKiB": { type: "number", says: "memory that pods may ask for", unit: "KiB" },
  "node.labels": { type: "rows", says: "the node's labels", columns: ["key", "value"] },
  "node.annotations": { type: "rows", says: "the node's annotations", columns: ["key", "value"] },
};

/** Asked and not there; a Node object that no kubelet ever reported to lacks its conditions the same way. */
const nothing: Facts = Object.fromEntries(Object.keys(provides).map((name) => [name, null]));

/** The Node object: what the cluster believes of the node, and since when. */
export const nodeObject = defineProbe({
  id: "node-object",
  asks: "What does the cluster say of this node?",
  provides,
  streams: ["conditions"],
  via: { source: "kubernetes", path: ({ node }) => `/api/v1/nodes/${encodeURIComponent(node)}` },
  limits: { timeoutMs: 5_000, maxBytes: 1024 * 1024 },
  recognises: getsJson(/^(nodes?|no)(\/|$)/),
  read: (answer) => {
    if (answer.kind === "absent") {
      return {
        facts: { ...Object.fromEntries(Object.keys(provides).map((name) => [name, null])), "node.exists": false },
      };
    }
    const node = nodeIn(jsonIn(textOf(answer)));
    return node === undefined
      ? {}
      : { facts: factsOf(node), logs: { conditions: alarmingLines(node.status.conditions) } };
  },
});

function factsOf(node: NodeObject): Facts {
  const traits = nodeTraits(node);
  const pods = Number(node.status.allocatable.pods ?? Number.NaN);
  return {
    ...nothing,
    "node.exists": true,
    ...conditionFacts(node.status.conditions),
    "node.unschedulable": node.spec.unschedulable ?? false,
    "node.taints": node.spec.taints.map((taint) => ({
      key: taint.key,
      value: taint.value ?? null,
      effect: taint.effect ?? null,
      since: isoStamp(taint.timeAdded) ?? null,
    })),
    "node.addresses": node.status.addresses.map(({ type, address }) => ({ type, address })),
    "node.internalIP": node.status.addresses.find(({ type }) => type === "InternalIP")?.address ?? null,
    "node.providerID": node.spec.providerID ?? null,
    "node.zone": traits.zone,
    "node.pool": traits.pool,
    "node.instanceType": traits.instanceType,
    "node.osImage": node.status.nodeInfo.osImage ?? null,
    "node.image": traits.image,
    "node.kernel": traits.kernel,
    "node.kubeletVersion": traits.kubelet,
    "node.runtimeVersion": traits.runtime,
    "node.bootID": node.status.nodeInfo.bootID ?? null,
    "node.uid": node.metadata.uid ?? null,
    "node.created": isoStamp(node.metadata.creationTimestamp) ?? null,
    "node.maxPods": Number.isFinite(pods) ? pods : null,
    ...flavourFacts(node),
    "node.setBy": setBy(node.metadata.managedFields),
    "node.allocatable": Object.entries(node.status.allocatable).map(([resource, quantity]) => ({ resource, quantity })),
    "node.allocatableCpuMilli": rounded(quantity(node.status.allocatable.cpu), 1000),
    "node.allocatableMemoryKiB": rounded(quantity(node.status.allocatable.memory), 1 / 1024),
    "node.labels": pairs(node.metadata.labels),
    "node.annotations": pairs(node.metadata.annotations),
  };
}

function flavourFacts({ metadata, spec, status }: NodeObject): Facts {
  const flavour = flavourOfNode({
    osImage: status.nodeInfo.osImage,
    kubeletVersion: status.nodeInfo.kubeletVersion,
    providerID: spec.providerID,
    keys: [...Object.keys(metadata.labels), ...Object.keys(metadata.annotations)],
  });
  return { "node.flavour": flavour?.id ?? null, "node.noShell": flavour?.noShell ?? null };
}

function rounded(amount: number | undefined, times: number): number | null {
  return amount === undefined ? null : Math.round(amount * times);
}

function pairs(map: Readonly<Record<string, string>>): FactValue {
  return Object.entries(map).map(([key, value]) => ({ key, value }));
}
