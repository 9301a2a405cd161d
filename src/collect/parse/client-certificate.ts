import type { FactSpec } from "../../facts/fact.ts";
import type { Certificate } from "./certificate.ts";
import { type Facts, facts, shown } from "./reading.ts";

export const clientCertificateSpecs: Readonly<Record<string, FactSpec>> = {
  "clientCert.exists": { type: "boolean", says: "whether the kubelet's client certificate is there" },
  "clientCert.path": { type: "string", says: "the file it was read from" },
  "clientCert.notAfter": { type: "time", says: "until when the kubelet's client certificate is valid" },
  "clientCert.notBefore": { type: "time", says: "from when it is valid" },
  "clientCert.subject": { type: "string", says: "the name (CN) the kubelet proves with it" },
  "clientCert.organization": { type: "string", says: "the group (O) the kubelet proves with it" },
  "clientCert.issuer": { type: "string", says: "the name of the CA that signed it" },
};

export function clientCertificateFacts(certificate: Certificate, path: string | undefined): Facts {
  const { lines } = certificate;
  const quoted = (value: string | undefined, line: string | undefined, since?: string) =>
    value === undefined ? undefined : shown(value, line, since);
  return facts({
    "clientCert.exists": true,
    "clientCert.path": path ?? certificate.path,
    "clientCert.notAfter": quoted(certificate.notAfter, lines.notAfter, certificate.notAfter),
    "clientCert.notBefore": quoted(certificate.notBefore, lines.notBefore),
    "clientCert.subject": quoted(certificate.subject, lines.subject),
    "clientCert.organization": quoted(certificate.organization, lines.subject),
    "clientCert.issuer": quoted(certificate.issuer, lines.issuer),
  });
}
