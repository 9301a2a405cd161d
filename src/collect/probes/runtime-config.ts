import { askedWords, isLive, isWhole, linesOf } from "../parse/answer.ts";
import { containerdConfigFacts } from "../parse/containerd-config.ts";
import { flavourOfUnit } from "../parse/flavours.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { fileIn, headOf } from "../parse/sections.ts";
import { missingLine } from "../parse/stat.ts";
import { defineProbe, type Known } from "../probe.ts";

const usual = "/etc/containerd/config.toml";
const isConfig = (path: string) => /^\/\S*containerd\S*\.toml$/.test(path);

/** containerd's configuration file. What drop-ins add is in crictl-info, which asks the running one. */
export const runtimeConfig = defineProbe({
  id: "runtime-config",
  asks: "How is containerd configured?",
  provides: {
    "containerd.config.exists": {
      type: "boolean",
      says: "whether containerd's config file exists; without one it runs on defaults",
    },
    "containerd.config.path": { type: "string", says: "containerd's config file" },
    "containerd.config.valid": { type: "boolean", says: "whether that file is TOML" },
    "containerd.config.error": { type: "string", says: "why it is not" },
    "containerd.config.version": { type: "number", says: "the version the file declares" },
    "containerd.disabledPlugins": { type: "list", says: "plugins the file turns off" },
    "containerd.criDisabled": { type: "boolean", says: "whether the file turns the CRI plugin off" },
    "containerd.systemdCgroup": { type: "boolean", says: "whether the file leaves runc's cgroups to systemd" },
    "containerd.cniBinDir": {
      type: "string",
      says: "the folder the file names for CNI plugins, or containerd's default",
    },
    "containerd.cniConfDir": {
      type: "string",
      says: "the folder the file names for CNI configuration, or containerd's default",
    },
    "containerd.sandboxImage": { type: "string", says: "the pause image the file names" },
    "containerd.imports": { type: "list", says: "further files the file pulls in" },
  },
  after: ["kubelet.unit.name"],
  via: { source: "ssh", argv: (known) => headOf(pathsOf(known), 131_072), sudo: true },
  limits: { timeoutMs: 2_000, maxBytes: 256 * 1024 },
  recognises: whole((words) => words.some(isConfig) && /^(cat|less|more)$/.test(words[0] ?? "")),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const paths = asked.filter(isLive(question) ? (word) => word.startsWith("/") : isConfig);
    const file = fileIn(lines, paths, (path) => paths.includes(path));
    if (file !== undefined) {
      const known = { "containerd.config.exists": true, "containerd.config.path": file.path };
      const parsed = isWhole(answer) ? containerdConfigFacts(file.lines.join("\n"), file.headed) : {};
      return { facts: { ...known, ...parsed } };
    }
    const missing = paths.map((path) => missingLine(lines, path));
    if (missing.length === 0 || missing.some((line) => line === undefined)) return {};
    return {
      facts: {
        "containerd.config.exists": shown(false, missing[0]),
        "containerd.config.valid": null,
        ...containerdConfigFacts("", true),
      },
    };
  },
});

/** A distribution's own containerd does not read /etc/containerd. */
function pathsOf(known: Known): readonly string[] {
  return flavourOfUnit(String(known.get("kubelet.unit.name") ?? ""))?.runtimeConfigs ?? [usual];
}
