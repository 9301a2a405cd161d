import type { Row } from "../../facts/fact.ts";
import { type NodeCondition, type NodeObject, nodeObject } from "./kubernetes.ts";
import { type Facts, facts, shown } from "./reading.ts";
import { isoStamp } from "./stamp.ts";

/** What the conditions of a node say; without a Ready condition among them nothing is said about it. */
export function conditionFacts(conditions: readonly NodeCondition[]): Facts {
  const rows = { "node.conditions": conditions.map(conditionRow) };
  const ready = conditions.find(({ type }) => type === "Ready");
  return ready === undefined ? rows : { ...rows, ...readyFacts(ready) };
}

function readyFacts(ready: NodeCondition): Facts {
  const line = conditionLine(ready);
  const since = isoStamp(ready.lastTransitionTime);
  return facts({
    "node.ready": shown(ready.status, line, since),
    "node.readyReason": ready.reason === undefined ? undefined : shown(ready.reason, line, since),
    "node.readyMessage": ready.message === undefined ? undefined : shown(ready.message, line),
    "node.readySince": since === undefined ? undefined : shown(since, line),
    "node.heartbeat": isoStamp(ready.lastHeartbeatTime),
  });
}

function conditionRow(condition: NodeCondition): Row {
  return {
    type: condition.type,
    status: condition.status,
    reason: condition.reason ?? null,
    message: condition.message ?? null,
    heartbeat: isoStamp(condition.lastHeartbeatTime) ?? null,
    since: isoStamp(condition.lastTransitionTime) ?? null,
  };
}

/**
 * Ready and its kin are good when True (the EKS node monitoring agent adds KernelReady, StorageReady and others, k3s
 * adds EtcdIsVoter); every other condition is good when False.
 */
function isAlarming({ type, status }: NodeCondition): boolean {
  const goodWhenTrue = type.endsWith("Ready") || type === "EtcdIsVoter";
  return status !== (goodWhenTrue ? "True" : "False");
}

function conditionLine(condition: NodeCondition): string {
  const at = isoStamp(condition.lastTransitionTime) ?? isoStamp(condition.lastHeartbeatTime);
  const said = `${condition.type}=${condition.status} ${condition.reason ?? ""}: ${condition.message ?? ""}`;
  return (at === undefined ? said : `${at} ${said}`).replaceAll(/\s+/g, " ");
}

/** One line per condition that is not as it should be, for the stream `conditions`. */
export function alarmingLines(conditions: readonly NodeCondition[]): string {
  return conditions.filter(isAlarming).map(conditionLine).join("\n");
}

/** The Node object in an API answer or in what `kubectl get node -o json` printed. */
export function nodeIn(json: unknown): NodeObject | undefined {
  const parsed = nodeObject.safeParse(json);
  return parsed.success && parsed.data.kind === "Node" ? parsed.data : undefined;
}

const zoneLabels = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"];
const typeLabels = ["node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"];
const poolLabels = [
  "eks.amazonaws.com/nodegroup",
  "alpha.eksctl.io/nodegroup-name",
  "cloud.google.com/gke-nodepool",
  "kubernetes.azure.com/agentpool",
  "agentpool",
  "karpenter.sh/nodepool",
  "karpenter.sh/provisioner-name",
  "kops.k8s.io/instancegroup",
  "worker.gardener.cloud/pool",
  "doks.digitalocean.com/node-pool",
  "k8s.scaleway.com/pool-name",
  "lke.linode.com/pool-id",
];
const imageLabels = ["eks.amazonaws.com/nodegroup-image", "kubernetes.azure.com/node-image-version"];
const controlPlaneLabels = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

/** What tells nodes apart when one asks what the broken ones share. */
export function nodeTraits(node: NodeObject) {
  const label = (names: readonly string[]) =>
    names.map((name) => node.metadata.labels[name]).find((value) => value !== undefined) ?? null;
  const info = node.status.nodeInfo;
  return {
    name: node.metadata.name ?? null,
    ready: node.status.conditions.find(({ type }) => type === "Ready")?.status ?? null,
    zone: label(zoneLabels),
    pool: label(poolLabels),
    image: label(imageLabels) ?? info.osImage ?? null,
    kernel: info.kernelVersion ?? null,
    kubelet: info.kubeletVersion ?? null,
    runtime: info.containerRuntimeVersion ?? null,
    instanceType: label(typeLabels),
    controlPlane: label(controlPlaneLabels) !== null,
  };
}
