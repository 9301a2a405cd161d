import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletClientCertChain } from "./kubelet-client-cert-chain.ts";

const path = "/var/lib/kubelet/pki/kubelet-client-current.pem";
const failed = (code: number, text: string) =>
  value("", {
    stderr: `O = system:nodes, CN = system:node:n2\nerror ${code} at 0 depth lookup: ${text}\nerror ${path}: verification failed`,
    exitCode: 2,
  });

/** OpenSSL 3.0. */
test.each([
  ["ok", value(`${path}: OK`)],
  ["expired", failed(10, "certificate has expired")],
  ["not-yet-valid", failed(9, "certificate is not yet valid")],
  ["untrusted", failed(20, "unable to get local issuer certificate")],
  ["untrusted", failed(7, "certificate signature failure")],
  ["other", failed(26, "unsupported certificate purpose")],
])("%s", (verdict, answer) => {
  expect(valuesOf(kubeletClientCertChain, answer)).toEqual({ "clientCert.verifies": verdict });
});

test("another file's verdict is not this one's", () => {
  const text = `error 20 at 0 depth lookup: unable to get local issuer certificate\nerror /var/lib/kubelet/pki/kubelet.crt: verification failed\n${path}: OK`;
  expect(valuesOf(kubeletClientCertChain, text)).toEqual({ "clientCert.verifies": "ok" });
});

test("a CA that cannot be read is no verdict", () => {
  expect(valuesOf(kubeletClientCertChain, value("", { stderr: "Error loading file /nope", exitCode: 1 }))).toEqual({});
});
