import { askedWords, linesOf, textOf } from "../parse/answer.ts";
import { type Certificate, certificateIn, opensslCertificates } from "../parse/certificate.ts";
import { facts, shown } from "../parse/reading.ts";
import { missingLine } from "../parse/stat.ts";
import { defineProbe, type Known } from "../probe.ts";

const usual = "/etc/kubernetes/pki/ca.crt";
const isCa = (path: string) => /^\/\S*(\/ca|-ca|client-ca|server-ca)\.(crt|pem)$/.test(path);

/** The CA this node checks the API server with. Its file holds nothing secret. */
export const clusterCa = defineProbe({
  id: "cluster-ca",
  asks: "Which CA does the kubelet trust?",
  provides: {
    "ca.exists": { type: "boolean", says: "whether the CA file is there" },
    "ca.fingerprint": { type: "string", says: "the first CA certificate's SHA-256 fingerprint" },
    "ca.notAfter": { type: "time", says: "until when the CA is valid" },
    "ca.subject": { type: "string", says: "the CA's name" },
  },
  after: ["kubeconfig.caPath"],
  via: { source: "ssh", argv: (known) => ["cat", pathOf(known)], sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 128 * 1024 },
  recognises: (words) => words[0] === "openssl" && words[1] === "x509",
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const path = asked.find((word) => word.startsWith("/")) ?? "";
    const pasted = opensslCertificates(lines).find((certificate) => isCa(certificate.path ?? path));
    // A pasted `openssl x509 -text` may hold any certificate's PEM; only the file itself is taken whole.
    const certificate = (asked.includes("cat") ? certificateIn(textOf(answer)) : undefined) ?? pasted;
    if (certificate !== undefined) return { facts: factsOf(certificate) };
    const missing = path === "" ? undefined : missingLine(lines, path);
    return missing === undefined
      ? {}
      : { facts: { "ca.exists": shown(false, missing), "ca.fingerprint": null, "ca.notAfter": null } };
  },
});

function pathOf(known: Known): string {
  const path = known.get("kubeconfig.caPath");
  return typeof path === "string" && path.startsWith("/") ? path : usual;
}

function factsOf(certificate: Certificate) {
  const { lines } = certificate;
  return facts({
    "ca.exists": true,
    "ca.fingerprint": certificate.fingerprint,
    "ca.notAfter":
      certificate.notAfter === undefined
        ? undefined
        : shown(certificate.notAfter, lines.notAfter, certificate.notAfter),
    "ca.subject": certificate.subject === undefined ? undefined : shown(certificate.subject, lines.subject),
  });
}
