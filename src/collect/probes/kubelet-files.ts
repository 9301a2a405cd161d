import { askedWords, linesOf } from "../parse/answer.ts";
import { entriesOf } from "../parse/listing.ts";
import { type Facts, facts, shown } from "../parse/reading.ts";
import { epochStamp } from "../parse/stamp.ts";
import { type FileStat, missingLine, statOf, statsIn } from "../parse/stat.ts";
import { defineProbe, type Known } from "../probe.ts";

const bootstrap = "/etc/kubernetes/bootstrap-kubelet.conf";

/** The kubelet's own files: whether they are there, can be run, and when they last changed. One call for all. */
export const kubeletFiles = defineProbe({
  id: "kubelet-files",
  asks: "Are the kubelet's files in place?",
  provides: {
    "kubelet.binary.exists": { type: "boolean", says: "whether the kubelet's executable exists" },
    "kubelet.binary.executable": { type: "boolean", says: "whether it may be executed" },
    "kubelet.binary.size": { type: "number", says: "its size", unit: "bytes" },
    "kubelet.config.changed": { type: "time", says: "when the kubelet's config file was last written" },
    "kubeconfig.bootstrapExists": { type: "boolean", says: "whether the bootstrap kubeconfig exists" },
    "kubeconfig.changed": { type: "time", says: "when the kubelet's kubeconfig was last written" },
    "kubelet.files": {
      type: "rows",
      says: "those of the kubelet's files that exist",
      columns: ["path", "kind", "size", "mode", "owner", "changed"],
    },
  },
  after: ["kubelet.binary", "kubelet.configPath", "kubelet.kubeconfigPath", "kubelet.bootstrapKubeconfigPath"],
  via: { source: "ssh", argv: (known) => statOf(Object.values(pathsOf(known))), sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 16 * 1024 },
  recognises: (words) => /^(ls|stat)$/.test(words[0] ?? "") && words.some((word) => /^\/\S+\/kubelet$/.test(word)),
  read: (answer, { asked: question }) => {
    const lines = linesOf(answer);
    const stats = statsIn(lines);
    const rows = stats.map(({ line: _, changed, ...file }) => ({ ...file, changed: epochStamp(changed) ?? null }));
    const asked = askedWords(question).filter((word) => word.startsWith("/"));
    return {
      facts: facts({
        ...binaryFacts(lines, stats, asked),
        ...changedFacts(stats),
        "kubeconfig.bootstrapExists": exists(
          lines,
          stats,
          asked.find((path) => /bootstrap/.test(path)),
        ),
        "kubelet.files": rows.length === 0 ? undefined : rows,
      }),
    };
  },
});

function pathsOf(known: Known) {
  const path = (name: string, usual: string) => {
    const found = known.get(name);
    return typeof found === "string" && found.startsWith("/") ? found : usual;
  };
  return {
    binary: path("kubelet.binary", "/usr/bin/kubelet"),
    config: path("kubelet.configPath", "/var/lib/kubelet/config.yaml"),
    kubeconfig: path("kubelet.kubeconfigPath", "/etc/kubernetes/kubelet.conf"),
    bootstrap: path("kubelet.bootstrapKubeconfigPath", bootstrap),
  };
}

function binaryFacts(lines: readonly string[], stats: readonly FileStat[], asked: readonly string[]): Facts {
  const path = asked.find((word) => /\/(kubelet|k3s|rke2|k0s)$/.test(word));
  if (path === undefined) return {};
  const missing = missingLine(lines, path);
  if (missing !== undefined)
    return { "kubelet.binary.exists": shown(false, missing), "kubelet.binary.executable": null };
  const file = stats.find((stat) => stat.path === path);
  const listed = lines.flatMap(entriesOf).find(({ name, kind }) => name === path && kind === "-");
  if (file === undefined && listed === undefined) return {};
  const line = file?.line ?? listed?.line;
  const runs =
    file === undefined
      ? /x/.test(listed?.permissions ?? "")
      : /[1357]/.test(file.mode.slice(-3)) && file.kind === "regular file";
  return {
    "kubelet.binary.exists": shown(true, line),
    "kubelet.binary.executable": shown(runs, line),
    "kubelet.binary.size": shown(file?.size ?? listed?.size ?? 0, line),
  };
}

/** The order in which they are asked is binary, config, kubeconfig, bootstrap; names tell which was found. */
function changedFacts(stats: readonly FileStat[]) {
  const changed = (wanted: RegExp) => {
    const file = stats.find(({ path }) => wanted.test(path) && !/bootstrap/.test(path));
    const at = epochStamp(file?.changed);
    return at === undefined ? undefined : shown(at, file?.line, at);
  };
  return {
    "kubelet.config.changed": changed(/\.(ya?ml|json)$/),
    "kubeconfig.changed": changed(/(\.conf|kubeconfig|kubelet\.config)$/),
  };
}

function exists(lines: readonly string[], stats: readonly FileStat[], path: string | undefined) {
  const file = stats.find((stat) => stat.path === path);
  if (file !== undefined) return shown(true, file.line);
  const missing = path === undefined ? undefined : missingLine(lines, path);
  return missing === undefined ? undefined : shown(false, missing);
}
