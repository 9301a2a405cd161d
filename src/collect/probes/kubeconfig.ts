import { askedWords, isLive, isWhole, linesOf } from "../parse/answer.ts";
import { clientCertificateFacts, clientCertificateSpecs } from "../parse/client-certificate.ts";
import { kubeconfigIn } from "../parse/kubeconfig.ts";
import { type Facts, facts, shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { fileIn, headOf } from "../parse/sections.ts";
import { missingLine } from "../parse/stat.ts";
import { defineProbe, type Known } from "../probe.ts";

/** Where flavours keep it when no flag says so. */
const usual = [
  "/etc/kubernetes/kubelet.conf",
  "/var/lib/kubelet/kubeconfig",
  "/etc/kubernetes/kubelet-kubeconfig",
  "/var/lib/rancher/k3s/agent/kubelet.kubeconfig",
  "/var/lib/rancher/rke2/agent/kubelet.kubeconfig",
  "/var/snap/microk8s/current/credentials/kubelet.config",
  "/var/lib/k0s/kubelet.conf",
];
const isKubeconfig = (path: string) => usual.includes(path) || /^\/\S*kubelet\S*(\.conf|kubeconfig)$/.test(path);

/** The kubeconfig the kubelet uses. Of its secrets only their being there is kept. */
export const kubeconfig = defineProbe({
  id: "kubeconfig",
  asks: "Which API server and identity does the kubelet use?",
  provides: {
    "kubeconfig.exists": { type: "boolean", says: "whether the kubelet's kubeconfig exists" },
    "kubeconfig.valid": { type: "boolean", says: "whether it can be read as a kubeconfig" },
    "kubeconfig.error": { type: "string", says: "why it cannot" },
    "kubeconfig.path": { type: "string", says: "the kubelet's kubeconfig" },
    "kubeconfig.server": { type: "string", says: "the API server's URL in it" },
    "kubeconfig.clientCertificatePath": { type: "string", says: "the client certificate's file it names" },
    "kubeconfig.caPath": { type: "string", says: "the CA file it names" },
    "kubeconfig.hasToken": { type: "boolean", says: "whether it holds or names a token" },
    ...clientCertificateSpecs,
  },
  after: ["kubelet.kubeconfigPath"],
  via: { source: "ssh", argv: (known) => headOf(pathsOf(known), 65_536), sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 256 * 1024 },
  recognises: whole(
    (words) =>
      words.some(isKubeconfig) && !/^(ls|stat|kube\w+|openssl|md5sum|sha256sum|diff|grep)$/.test(words[0] ?? ""),
  ),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    // Live, the paths are exactly those that were asked for; pasted commands name others beside.
    const paths = asked.filter(isLive(question) ? (word) => word.startsWith("/") : isKubeconfig);
    const file = fileIn(lines, paths, (path) => paths.includes(path));
    if (file !== undefined) {
      const content = file.lines.join("\n");
      const judged = isWhole(answer) && (file.headed || /clusters|kind/.test(content));
      return {
        facts: { "kubeconfig.exists": true, "kubeconfig.path": file.path, ...(judged ? contentFacts(content) : {}) },
      };
    }
    const missing = paths.map((path) => missingLine(lines, path));
    const none = missing.length > 0 && missing.every((line) => line !== undefined);
    return none ? { facts: { "kubeconfig.exists": shown(false, missing[0]), "kubeconfig.valid": null } } : {};
  },
});

function pathsOf(known: Known): readonly string[] {
  const path = known.get("kubelet.kubeconfigPath");
  return typeof path === "string" && path.startsWith("/") ? [path] : usual;
}

function contentFacts(content: string): Facts {
  const parsed = kubeconfigIn(content);
  if (!parsed.ok) return { "kubeconfig.valid": false, "kubeconfig.error": parsed.problem };
  const { server, caPath, clientCertificatePath, clientCertificate, hasToken } = parsed.value;
  return facts({
    "kubeconfig.valid": true,
    "kubeconfig.error": null,
    "kubeconfig.server": server === undefined ? null : shown(server, `server: ${server}`),
    "kubeconfig.clientCertificatePath": clientCertificatePath ?? null,
    "kubeconfig.caPath": caPath ?? null,
    "kubeconfig.hasToken": hasToken,
    ...(clientCertificate === undefined ? {} : clientCertificateFacts(clientCertificate, undefined)),
  });
}
