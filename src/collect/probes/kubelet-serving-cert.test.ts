import { expect, test } from "@jest/globals";
import type { FactValue } from "../../facts/fact.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletServingCert } from "./kubelet-serving-cert.ts";

const own = "/var/lib/kubelet/pki/kubelet.crt";
const asked = ["openssl", "x509", "-noout", "-subject", "-issuer", "-dates", "-in", own];

/** Kubelet 1.34, OpenSSL 3.0. */
const signedByItself = `subject=CN = worker-61@1795278421
issuer=CN = worker-61-ca@1795278421
notBefore=Nov 21 15:27:01 2026 GMT
notAfter=Nov 21 15:27:01 2027 GMT`;

test("one that the kubelet signed for itself", () => {
  expect(valuesOf(kubeletServingCert, signedByItself, { asked })).toEqual({
    "servingCert.exists": true,
    "servingCert.path": own,
    "servingCert.notAfter": "2027-11-21T15:27:01Z",
    "servingCert.issuer": "worker-61-ca@1795278421",
  });
});

test("none", () => {
  const text = `Can't open "${own}" for reading, No such file or directory`;
  expect(valuesOf(kubeletServingCert, text, { asked })).toMatchObject({ "servingCert.exists": false });
  expect(valuesOf(kubeletServingCert, "", { asked })).toEqual({});
});

test.each<[string, readonly (readonly [string, FactValue])[], string]>([
  ["its own", [], own],
  [
    "asked of the cluster",
    [["kubelet.config.serverTlsBootstrap", true]],
    "/var/lib/kubelet/pki/kubelet-server-current.pem",
  ],
  ["named in the config", [["kubelet.config.tlsCertFile", "/etc/k/tls.crt"]], "/etc/k/tls.crt"],
  ["named oddly", [["kubelet.config.tlsCertFile", "-out /etc/x"]], own],
])("which file: %s", (_, known, path) => {
  const { via } = kubeletServingCert;
  const argv = via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map(known)) : null;
  expect(argv?.at(-1)).toBe(path);
});
