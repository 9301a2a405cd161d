import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { apiCertificate } from "./api-certificate.ts";

/** curl 7.88.1 with OpenSSL 3.0, kube-apiserver 1.34. */
const handshake = `* SSL connection using TLSv1.3 / TLS_AES_128_GCM_SHA256
* Server certificate:
*  subject: CN=kube-apiserver
*  start date: Nov 21 13:40:22 2026 GMT
*  expire date: Nov 21 13:40:22 2027 GMT
*  issuer: CN=lab-ca
*  SSL certificate verify result: unable to get local issuer certificate (20), continuing anyway.
> GET /livez HTTP/2`;

test.each<[string, string, object]>([
  ["a handshake", handshake, { "apiCert.notAfter": "2027-11-21T13:40:22Z" }],
  ["refused", "curl: (7) Failed to connect to 10.77.0.1 port 6443: Connection refused", {}],
  ["a date that is none", "*  expire date: soon", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(apiCertificate, text)).toEqual(found);
});

test.each([
  ["https://10.77.0.1:6443", "https://10.77.0.1:6443/livez"],
  ["https://10.77.0.1:6443 -o /etc/passwd", undefined],
  ["file:///etc/shadow", undefined],
])("asks %s only where it is an API server's URL", (server, url) => {
  const { via } = apiCertificate;
  const argv =
    via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map([["kubeconfig.server", server]])) : null;
  expect(argv?.at(-1)).toBe(url);
});
