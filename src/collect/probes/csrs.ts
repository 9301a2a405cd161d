import { isWhole, textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { type SigningRequest, signingRequestList } from "../parse/kubernetes.ts";
import { getsJson } from "../parse/recognise.ts";
import { requestedIdentity } from "../parse/signing-request.ts";
import { isoStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

/** Certificate requests: a kubelet's new certificate may be waiting for somebody to approve it. */
export const csrs = defineProbe({
  id: "csrs",
  asks: "Does a certificate request of this node wait for approval?",
  provides: {
    "csr.pendingForNode": { type: "number", says: "certificate requests of this node that wait" },
    "csr.rows": {
      type: "rows",
      says: "all certificate requests",
      columns: ["name", "signer", "requester", "identity", "status", "created"],
    },
  },
  via: { source: "kubernetes", path: () => "/apis/certificates.k8s.io/v1/certificatesigningrequests?limit=500" },
  limits: { timeoutMs: 5_000, maxBytes: 8 * 1024 * 1024 },
  recognises: getsJson(/^(csrs?|certificatesigningrequests?)$/),
  read: (answer, { node }) => {
    const list = signingRequestList.safeParse(jsonIn(textOf(answer)));
    if (!list.success || !isWhole(answer)) return {};
    const rows = list.data.items.map(rowOf);
    const mine = rows.filter(
      // A first request comes from the bootstrap identity and only asks to become the node.
      ({ requester, identity, status }) =>
        status === "Pending" && [requester, identity].includes(`system:node:${node}`),
    ).length;
    return { facts: { "csr.rows": rows, ...(node === null ? {} : { "csr.pendingForNode": mine }) } };
  },
});

function rowOf({ metadata, spec, status }: SigningRequest) {
  const decided = status.conditions.map(({ type }) => type).find((type) => /^(Approved|Denied|Failed)$/.test(type));
  return {
    name: metadata.name ?? null,
    signer: spec.signerName ?? null,
    requester: spec.username ?? null,
    identity: requestedIdentity(spec.request) ?? null,
    status: decided ?? "Pending",
    created: isoStamp(metadata.creationTimestamp) ?? null,
  };
}
