import { describe, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown, valuesOf } from "../parse/testing.ts";
import { kubeletClientCert } from "./kubelet-client-cert.ts";

const path = "/var/lib/kubelet/pki/kubelet-client-current.pem";
const asked = ["openssl", "x509", "-noout", "-subject", "-issuer", "-dates", "-in", path];

/** OpenSSL 3.0. */
const sample = `subject=O = system:nodes, CN = system:node:n2
issuer=CN = lab-ca
notBefore=Nov 20 02:11:29 2025 GMT
notAfter=Nov 20 02:11:29 2026 GMT
`;
const wanted = {
  "clientCert.exists": true,
  "clientCert.path": path,
  "clientCert.notBefore": "2025-11-20T02:11:29Z",
  "clientCert.notAfter": "2026-11-20T02:11:29Z",
  "clientCert.subject": "system:node:n2",
  "clientCert.organization": "system:nodes",
  "clientCert.issuer": "lab-ca",
};

test("reads the certificate", () => {
  expect(valuesOf(kubeletClientCert, sample, { asked })).toEqual(wanted);
});

test("its end is since when it holds no more", () => {
  const { facts } = kubeletClientCert.read(value(sample), { ...nothingKnown, asked });
  expect(facts?.["clientCert.notAfter"]).toMatchObject({
    since: "2026-11-20T02:11:29Z",
    line: "notAfter=Nov 20 02:11:29 2026 GMT",
  });
});

describe("what people paste", () => {
  test("a loop over several files", () => {
    const text = `== ${path}\n${sample}== /var/lib/kubelet/pki/kubelet.crt\nsubject=CN = n2@1795227087\nissuer=CN = n2-ca\nnotBefore=Nov 21 01:11:27 2026 GMT\nnotAfter=Nov 21 01:11:27 2027 GMT\n`;
    expect(valuesOf(kubeletClientCert, text, { asked: ["for f in *; do openssl x509 -in $f -dates"] })).toEqual(wanted);
  });

  test("-text, and the older form of names", () => {
    const text = `Certificate:\n    Data:\n        Issuer: CN=lab-ca\n        Validity\n            Not Before: Nov 20 02:11:29 2025 GMT\n            Not After : Nov 20 02:11:29 2026 GMT\n        Subject: O=system:nodes, CN=system:node:n2`;
    expect(valuesOf(kubeletClientCert, text, { asked: [`openssl x509 -in ${path} -text -noout`] })).toEqual(wanted);
    const old = "subject= /O=system:nodes/CN=system:node:n2\nnotAfter=Nov  9 02:11:29 2026 GMT";
    expect(valuesOf(kubeletClientCert, old)).toMatchObject({
      "clientCert.subject": "system:node:n2",
      "clientCert.notAfter": "2026-11-09T02:11:29Z",
    });
  });

  test("another certificate is not the kubelet's", () => {
    const text = "subject=O = kubernetes, CN = kubernetes\nnotAfter=Nov 17 23:31:00 2024 GMT";
    expect(
      valuesOf(kubeletClientCert, text, { asked: ["openssl x509 -in /var/lib/k0s/pki/server.crt -noout"] }),
    ).toEqual({});
  });
});

test("a missing file is known to be missing; an unreadable one is not", () => {
  const gone =
    "Could not open file or uri for loading certificate from /nope\n40F7:error:80000002:system library:file_open:No such file or directory:../x.c:268:calling stat(/nope)";
  expect(valuesOf(kubeletClientCert, value("", { stderr: gone, exitCode: 1 }), { asked })).toMatchObject({
    "clientCert.exists": false,
  });
  expect(
    valuesOf(kubeletClientCert, value("", { stderr: "Can't open: Permission denied", exitCode: 1 }), { asked }),
  ).toEqual({});
});
