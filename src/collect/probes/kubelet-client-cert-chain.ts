import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

const isClientPath = (path: string) => /(kubelet-client|client-kubelet)\S*\.(pem|crt)$/.test(path);

/** OpenSSL's X509_V_ERR numbers. */
const verdicts: Readonly<Record<string, string>> = {
  "9": "not-yet-valid",
  "10": "expired",
  "7": "untrusted",
  "18": "untrusted",
  "19": "untrusted",
  "20": "untrusted",
  "21": "untrusted",
  "30": "untrusted",
};

/** Whether the client certificate was signed by the CA this node knows. */
export const kubeletClientCertChain = defineProbe({
  id: "kubelet-client-cert-chain",
  asks: "Did the cluster's CA sign the kubelet's client certificate?",
  provides: {
    "clientCert.verifies": {
      type: "string",
      says: "the client certificate checked against the CA file on the node, by the node's clock",
      values: ["ok", "untrusted", "expired", "not-yet-valid", "other"],
    },
  },
  after: ["kubeconfig.clientCertificatePath", "kubeconfig.caPath"],
  via: { source: "ssh", argv: verify, sudo: true },
  limits: { timeoutMs: 3_000, maxBytes: 16 * 1024 },
  recognises: (words) => words[0] === "openssl" && words[1] === "verify",
  read: (answer) => {
    const verdict = verdictIn(linesOf(answer));
    return verdict === undefined ? {} : { facts: { "clientCert.verifies": verdict } };
  },
});

function verify(known: Known): readonly string[] {
  const certificate = known.get("kubeconfig.clientCertificatePath");
  const ca = known.get("kubeconfig.caPath");
  return [
    "openssl",
    "verify",
    "-CAfile",
    typeof ca === "string" ? ca : "/etc/kubernetes/pki/ca.crt",
    typeof certificate === "string" ? certificate : "/var/lib/kubelet/pki/kubelet-client-current.pem",
  ];
}

/** `PATH: OK`, or `error 10 at 0 depth lookup: …` lines and then `error PATH: verification failed`. */
function verdictIn(lines: readonly string[]) {
  let problem: { readonly code: string; readonly line: string } | undefined;
  for (const line of lines) {
    const fine = /^(\/\S+): OK$/.exec(line)?.[1];
    const failed = /^error (\/\S+): verification failed$/.exec(line)?.[1];
    const code = /^error (\d{1,3}) at \d+ depth lookup/.exec(line)?.[1];
    if (fine !== undefined && isClientPath(fine)) return shown("ok", line);
    if (code !== undefined) problem ??= { code, line };
    if (failed !== undefined && isClientPath(failed))
      return shown(verdicts[problem?.code ?? ""] ?? "other", problem?.line ?? line);
    if (failed !== undefined || fine !== undefined) problem = undefined;
  }
  return undefined;
}
