import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { csrs } from "./csrs.ts";

const sample = JSON.stringify({
  kind: "CertificateSigningRequestList",
  items: [
    {
      metadata: { name: "csr-5fwb9", creationTimestamp: "2026-11-21T02:00:00Z" },
      spec: { signerName: "kubernetes.io/kube-apiserver-client-kubelet", username: "system:node:n1" },
      status: {},
    },
    {
      metadata: { name: "csr-old" },
      spec: { username: "system:node:n1" },
      status: { conditions: [{ type: "Approved" }] },
    },
    { metadata: { name: "csr-other" }, spec: { username: "system:node:n2" }, status: {} },
  ],
});

test("counts the requests of this node that wait", () => {
  const found = valuesOf(csrs, sample, { node: "n1" });
  expect(found["csr.pendingForNode"]).toBe(1);
  expect(found["csr.rows"]).toMatchObject([
    { name: "csr-5fwb9", status: "Pending", created: "2026-11-21T02:00:00Z" },
    { name: "csr-old", status: "Approved" },
    { name: "csr-other", status: "Pending" },
  ]);
});

test("without a node's name nothing is counted for it", () => {
  expect(valuesOf(csrs, sample)).not.toHaveProperty("csr.pendingForNode");
});
