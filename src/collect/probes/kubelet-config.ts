import { askedWords, isLive, isWhole, linesOf } from "../parse/answer.ts";
import { flavourOfUnit } from "../parse/flavours.ts";
import { kubeletConfigFacts, kubeletConfigSpecs } from "../parse/kubelet-config-file.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { fileIn, headOf } from "../parse/sections.ts";
import { missingLine } from "../parse/stat.ts";
import { defineProbe, type Known } from "../probe.ts";

/** Where the kubelet's config file is when no flag says so: kubeadm, EKS, GKE, MicroK8s has none. */
const usual = [
  "/var/lib/kubelet/config.yaml",
  "/etc/kubernetes/kubelet/config.json",
  "/etc/kubernetes/kubelet/kubelet-config.json",
  "/home/kubernetes/kubelet-config.yaml",
];
const isConfig = (path: string) => usual.includes(path) || /^\/\S*kubelet\S*\.(ya?ml|json)$/.test(path);

/** The kubelet's config file. */
export const kubeletConfig = defineProbe({
  id: "kubelet-config",
  asks: "What does the kubelet's config file say?",
  provides: kubeletConfigSpecs,
  after: ["kubelet.configPath", "kubelet.unit.name"],
  via: { source: "ssh", argv: (known) => headOf(pathsOf(known), 131_072), sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 256 * 1024 },
  recognises: whole((words) => /^(cat|less|more|bat)$/.test(words[0] ?? "") && words.some(isConfig)),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    // Live, the paths are exactly those that were asked for; pasted commands name others beside.
    const paths = asked.filter(isLive(question) ? (word) => word.startsWith("/") : isConfig);
    const file = fileIn(lines, paths, (path) => paths.includes(path));
    if (file !== undefined) {
      const content = file.lines.join("\n");
      // Pasted output without a heading is judged only if it looks like a config of some kind.
      const judged = isWhole(answer) && (file.headed || /^\s*["']?(kind|apiVersion)["']?\s*:/m.test(content));
      const parsed = judged ? kubeletConfigFacts(content) : {};
      return { facts: { "kubelet.config.exists": true, "kubelet.config.path": file.path, ...parsed } };
    }
    const missing = paths.map((path) => missingLine(lines, path));
    const none = missing.length > 0 && missing.every((line) => line !== undefined);
    return none ? { facts: { "kubelet.config.exists": shown(false, missing[0]), "kubelet.config.valid": null } } : {};
  },
});

/** The path a flag names is the only one that counts; a distribution with a unit of its own has its own place. */
function pathsOf(known: Known): readonly string[] {
  const path = known.get("kubelet.configPath");
  if (typeof path === "string" && path.startsWith("/")) return [path];
  const own = flavourOfUnit(String(known.get("kubelet.unit.name") ?? ""))?.configs ?? [];
  return own.length > 0 ? own : usual;
}
