import { askedWords, linesOf } from "../parse/answer.ts";
import { type Certificate, opensslCertificates } from "../parse/certificate.ts";
import { clientCertificateFacts, clientCertificateSpecs } from "../parse/client-certificate.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

const usual = "/var/lib/kubelet/pki/kubelet-client-current.pem";

/** The certificate the kubelet shows to the API server. openssl prints its public part only. */
export const kubeletClientCert = defineProbe({
  id: "kubelet-client-cert",
  asks: "Until when is the kubelet's client certificate valid, and in whose name?",
  provides: clientCertificateSpecs,
  after: ["kubeconfig.clientCertificatePath"],
  via: {
    source: "ssh",
    argv: (known) => ["openssl", "x509", "-noout", "-subject", "-issuer", "-dates", "-in", pathOf(known)],
    sudo: true,
  },
  limits: { timeoutMs: 3_000, maxBytes: 16 * 1024 },
  recognises: (words) => words[0] === "openssl" && words[1] === "x509",
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const path = asked[asked.indexOf("-in") + 1];
    const found = opensslCertificates(lines).find((certificate) => isClient(certificate, path));
    if (found !== undefined) return { facts: clientCertificateFacts(found, found.path ?? path) };
    const missing = lines.find((line) => /No such file or directory/.test(line) && isClientPath(path));
    return missing === undefined
      ? {}
      : { facts: { "clientCert.exists": shown(false, missing), "clientCert.path": path ?? null } };
  },
});

function pathOf(known: Known): string {
  const path = known.get("kubeconfig.clientCertificatePath");
  return typeof path === "string" && path.startsWith("/") ? path : usual;
}

/** By its file where one is shown; a node's identity is proof in any case. */
function isClient(certificate: Certificate, asked: string | undefined): boolean {
  if (certificate.organization === "system:nodes" || certificate.subject?.startsWith("system:node:")) {
    return !/kubelet-server|serving/.test(certificate.path ?? asked ?? "");
  }
  return isClientPath(certificate.path ?? asked);
}

function isClientPath(path: string | undefined): boolean {
  return path !== undefined && /^\/\S*(kubelet-client|client-kubelet)\S*\.(pem|crt)$/.test(path);
}
