import { Buffer } from "node:buffer";
import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { csrs } from "./csrs.ts";

/** From `openssl req -new -subj /O=system:nodes/CN=system:node:n1`. */
const request =
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIck1JR1NBZ0VBTURBeEZUQVRCZ05WQkFvTURITjVjM1JsYlRwdWIyUmxjekVYTUJVR0ExVUVBd3dPYzNsegpkR1Z0T201dlpHVTZiakV3V1RBVEJnY3Foa2pPUFFJQkJnZ3Foa2pPUFFNQkJ3TkNBQVNnSDR4elpOZXJlcmFoCkVsQmxQZURYSndPWVN5ZW85cFNPaWl6OEhwcW5yaEFRaGVUbU5QZ3F1TDJuQ3B1TUwzcnFnTzVmKzY4V2twbjIKYlpBeVhHNERvQUF3Q2dZSUtvWkl6ajBFQXdJRFNBQXdSUUlnTGo5OEI1VWJKeU5MeGRPZ0UrT2p3TFc3UG81YgpZbUJZN3JmMkhtc1lYY1VDSVFEb1BaZWFnWmZZQ1J2c0hkR2hCeDBIWlpxWWNTQ1pwNGVEVnEranBtRytJUT09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=";

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

test("a first request, of a bootstrap identity, is counted for the node it asks to become", () => {
  const spec = { username: "system:bootstrap:07401b", request };
  const first = JSON.stringify({ kind: "CertificateSigningRequestList", items: [{ metadata: {}, spec, status: {} }] });
  expect(valuesOf(csrs, first, { node: "n1" })["csr.pendingForNode"]).toBe(1);
  expect(valuesOf(csrs, first, { node: "n10" })["csr.pendingForNode"]).toBe(0);
});

test.each([
  "",
  "####",
  "AAAA".repeat(6_000),
  Buffer.from("-----BEGIN X-----\nc3lzdGVtOm5vZGU6\n-----END").toString("base64"),
])("a request that is none asks for nothing", (broken) => {
  const spec = { username: "system:bootstrap:07401b", request: broken };
  const list = JSON.stringify({ kind: "CertificateSigningRequestList", items: [{ metadata: {}, spec, status: {} }] });
  expect(valuesOf(csrs, list, { node: "n1" })["csr.pendingForNode"]).toBe(0);
});
