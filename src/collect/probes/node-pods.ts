import type { Row } from "../../facts/fact.ts";
import { isWhole, textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { type PodObject, podList } from "../parse/kubernetes.ts";
import { quantity } from "../parse/quantity.ts";
import { facts } from "../parse/reading.ts";
import { getsJson } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** The pods bound to the node: who is hurt, and whether new ones hang. */
export const nodePods = defineProbe({
  id: "node-pods",
  asks: "Which pods are on this node?",
  provides: {
    "pods.count": { type: "number", says: "pods bound to the node that have not ended" },
    "pods.stuckCreating": {
      type: "number",
      says: "pods on the node that wait with ContainerCreating or PodInitializing",
    },
    "pods.rows": {
      type: "rows",
      says: "the pods bound to the node",
      columns: [
        "namespace",
        "name",
        "phase",
        "ready",
        "controllerKind",
        "controller",
        "waiting",
        "node",
        "hostPath",
        "localData",
        "static",
        "uid",
      ],
    },
    "pods.requestedCpuMilli": { type: "number", says: "CPU that the node's pods ask for", unit: "millicores" },
    "pods.requestedMemoryKiB": { type: "number", says: "memory that the node's pods ask for", unit: "KiB" },
  },
  via: {
    source: "kubernetes",
    path: ({ node }) => `/api/v1/pods?fieldSelector=${encodeURIComponent(`spec.nodeName=${node}`)}`,
  },
  limits: { timeoutMs: 5_000, maxBytes: 8 * 1024 * 1024 },
  recognises: (words, text) => getsJson(/^(pods?|po)$/)(words, text) && /nodeName=/.test(text),
  read: (answer) => {
    const list = podList.safeParse(jsonIn(textOf(answer)));
    if (!list.success || !isWhole(answer)) return {};
    const rows = list.data.items.map(podRow);
    return {
      facts: facts({
        "pods.count": rows.filter(({ phase }) => phase !== "Succeeded" && phase !== "Failed").length,
        "pods.stuckCreating": rows.filter(
          ({ waiting }) => waiting === "ContainerCreating" || waiting === "PodInitializing",
        ).length,
        "pods.rows": rows,
        ...requested(list.data.items),
      }),
    };
  },
});

function podRow({ metadata, spec, status }: PodObject): Row {
  const owner = metadata.ownerReferences.find(({ controller }) => controller === true);
  const ready = status.conditions.find(({ type }) => type === "Ready");
  return {
    namespace: metadata.namespace ?? null,
    name: metadata.name ?? null,
    phase: status.phase ?? null,
    ready: ready?.status === "True",
    controllerKind: owner?.kind ?? null,
    controller: owner?.name ?? null,
    waiting: waitingReason(status),
    node: spec.nodeName ?? null,
    hostPath: spec.volumes.some(({ hostPath }) => hostPath !== undefined),
    localData: spec.volumes.some(({ emptyDir }) => emptyDir !== undefined),
    static: metadata.annotations["kubernetes.io/config.mirror"] !== undefined,
    uid: metadata.uid ?? null,
  };
}

/** What the scheduler counts, without init containers and overhead; pods that have ended hold nothing. */
function requested(pods: readonly PodObject[]) {
  const containers = pods
    .filter(({ status: { phase } }) => phase !== "Succeeded" && phase !== "Failed")
    .flatMap(({ spec }) => spec.containers);
  const sum = (quantities: readonly number[]): number => Math.round(quantities.reduce((all, each) => all + each, 0));
  return {
    "pods.requestedCpuMilli": sum(containers.map(({ resources }) => (quantity(resources.requests.cpu) ?? 0) * 1000)),
    "pods.requestedMemoryKiB": sum(
      containers.map(({ resources }) => (quantity(resources.requests.memory) ?? 0) / 1024),
    ),
  };
}

function waitingReason(status: PodObject["status"]): string | null {
  const waiting = [...status.initContainerStatuses, ...status.containerStatuses].flatMap(
    ({ state }) => state.waiting?.reason ?? [],
  );
  return waiting[0] ?? null;
}
