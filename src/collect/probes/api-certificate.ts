import { linesOf } from "../parse/answer.ts";
import { facts, shown } from "../parse/reading.ts";
import { opensslStamp } from "../parse/stamp.ts";
import { defineProbe, type Known } from "../probe.ts";

/** The certificate the API server shows to this node. A balancer may lead to another server each time. */
export const apiCertificate = defineProbe({
  id: "api-certificate",
  asks: "Until when is the API server's certificate valid?",
  provides: {
    "apiCert.notAfter": {
      type: "time",
      says: "until when the certificate is valid that the API server shows the node",
    },
  },
  after: ["kubeconfig.server"],
  via: { source: "ssh", argv: ask },
  limits: { timeoutMs: 5_000, maxBytes: 16 * 1024 },
  read: (answer) => {
    // curl 7.19 to 8: `*  expire date: Nov 21 02:11:26 2027 GMT` with OpenSSL, GnuTLS and NSS alike.
    const line = linesOf(answer).find((each) => /^\*\s+expire date: /.test(each));
    const at = opensslStamp(line?.replace(/^\*\s+expire date: /, ""));
    return { facts: facts({ "apiCert.notAfter": at === undefined ? undefined : shown(at, line) }) };
  },
});

/** Only the handshake matters, so what is answered is thrown away; the chain is the kubelet's affair. */
function ask(known: Known): readonly string[] | null {
  const server = known.get("kubeconfig.server");
  if (typeof server !== "string" || !/^https:\/\/[A-Za-z0-9.:[\]-]{1,255}(\/[\w./-]{0,200})?$/.test(server))
    return null;
  return ["curl", "-svk", "-m", "4", "-o", "/dev/null", `${server.replace(/\/$/, "")}/livez`];
}
