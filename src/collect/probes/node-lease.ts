import { textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { lease } from "../parse/kubernetes.ts";
import { facts, shown } from "../parse/reading.ts";
import { getsJson } from "../parse/recognise.ts";
import { isoStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

/** The node's lease: a live kubelet renews it every few seconds, whatever its runtime does. */
export const nodeLease = defineProbe({
  id: "node-lease",
  asks: "When did the kubelet last renew its lease?",
  provides: {
    "lease.renewTime": { type: "time", says: "when the kubelet last renewed the node's lease, by the node's clock" },
    "lease.durationSeconds": { type: "number", says: "how long a lease lasts", unit: "s" },
  },
  via: {
    source: "kubernetes",
    path: ({ node }) => `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${encodeURIComponent(node)}`,
  },
  limits: { timeoutMs: 5_000, maxBytes: 64 * 1024 },
  recognises: getsJson(/^leases?(\.|\/|$)/),
  read: (answer) => {
    if (answer.kind === "absent") return { facts: { "lease.renewTime": null, "lease.durationSeconds": null } };
    const parsed = lease.safeParse(jsonIn(textOf(answer)));
    if (!parsed.success || parsed.data.kind !== "Lease") return {};
    const renewed = isoStamp(parsed.data.spec.renewTime);
    return {
      facts: facts({
        "lease.renewTime":
          renewed === undefined ? null : shown(renewed, `renewTime: ${parsed.data.spec.renewTime}`, renewed),
        "lease.durationSeconds": parsed.data.spec.leaseDurationSeconds ?? null,
      }),
    };
  },
});
