import { askedWords, linesOf, noSuchFile } from "../parse/answer.ts";
import { opensslCertificates } from "../parse/certificate.ts";
import { facts, shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

/** The certificate the kubelet shows to the API server when that calls it (logs, exec, metrics). Its public part only. */
export const kubeletServingCert = defineProbe({
  id: "kubelet-serving-cert",
  asks: "Until when is the kubelet's serving certificate valid?",
  provides: {
    "servingCert.exists": { type: "boolean", says: "whether the kubelet's serving certificate is there" },
    "servingCert.path": { type: "string", says: "the file it was read from" },
    "servingCert.notAfter": { type: "time", says: "until when the kubelet's serving certificate is valid" },
    "servingCert.issuer": { type: "string", says: "the name of whoever signed it; a kubelet signs its own by default" },
  },
  after: ["kubelet.config.serverTlsBootstrap", "kubelet.config.tlsCertFile"],
  via: {
    source: "ssh",
    argv: (known) => ["openssl", "x509", "-noout", "-subject", "-issuer", "-dates", "-in", pathOf(known)],
    sudo: true,
  },
  limits: { timeoutMs: 3_000, maxBytes: 16 * 1024 },
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const path = asked[asked.indexOf("-in") + 1] ?? "";
    const lines = linesOf(answer);
    const missing = noSuchFile(lines, path);
    if (missing !== undefined)
      return {
        facts: { "servingCert.exists": shown(false, missing), "servingCert.path": path, "servingCert.notAfter": null },
      };
    const [found] = opensslCertificates(lines);
    if (found === undefined) return {};
    return {
      facts: facts({
        "servingCert.exists": true,
        "servingCert.path": path,
        "servingCert.notAfter": found.notAfter === undefined ? undefined : shown(found.notAfter, found.lines.notAfter),
        "servingCert.issuer": found.issuer === undefined ? undefined : shown(found.issuer, found.lines.issuer),
      }),
    };
  },
});

/** A kubelet that asks the cluster for it keeps it behind a link; one that signs its own has kubelet.crt. */
function pathOf(known: Known): string {
  const given = known.get("kubelet.config.tlsCertFile");
  if (typeof given === "string" && /^\/[\w./-]{1,300}$/.test(given)) return given;
  const asks = known.get("kubelet.config.serverTlsBootstrap") === true;
  return `/var/lib/kubelet/pki/${asks ? "kubelet-server-current.pem" : "kubelet.crt"}`;
}
