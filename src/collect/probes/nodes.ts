import { isWhole, textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { nodeList } from "../parse/kubernetes.ts";
import { nodeTraits } from "../parse/node-facts.ts";
import { facts, percent } from "../parse/reading.ts";
import { getsJson } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** All nodes: whether this one is alone with its trouble, and what the troubled ones share. */
export const nodes = defineProbe({
  id: "nodes",
  asks: "How are the other nodes?",
  provides: {
    "fleet.total": { type: "number", says: "nodes in the cluster" },
    "fleet.notReady": { type: "number", says: "nodes whose Ready condition is not True" },
    "fleet.notReadyPercent": { type: "number", says: "share of the nodes that are not Ready", unit: "%" },
    "fleet.names": { type: "list", says: "the names of all nodes" },
    "fleet.rows": {
      type: "rows",
      says: "all nodes with what tells them apart",
      columns: [
        "name",
        "ready",
        "zone",
        "pool",
        "image",
        "kernel",
        "kubelet",
        "runtime",
        "instanceType",
        "controlPlane",
      ],
    },
  },
  via: { source: "kubernetes", path: () => "/api/v1/nodes?resourceVersion=0" },
  limits: { timeoutMs: 5_000, maxBytes: 32 * 1024 * 1024 },
  recognises: getsJson(/^(nodes?|no)$/),
  read: (answer) => {
    const list = nodeList.safeParse(jsonIn(textOf(answer)));
    if (!list.success || !isWhole(answer)) return {};
    const rows = list.data.items.filter(({ metadata }) => metadata.name !== undefined).map(nodeTraits);
    const notReady = rows.filter(({ ready }) => ready !== "True").length;
    return {
      facts: facts({
        "fleet.total": rows.length,
        "fleet.notReady": notReady,
        "fleet.notReadyPercent": percent(notReady, rows.length),
        "fleet.names": rows.flatMap(({ name }) => name ?? []),
        "fleet.rows": rows,
      }),
    };
  },
});
