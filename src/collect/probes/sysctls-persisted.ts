import type { Row } from "../../facts/fact.ts";
import { isWhole, linesOf } from "../parse/answer.ts";
import { filesIn, refusedLine } from "../parse/boot-files.ts";
import { defineProbe } from "../probe.ts";

/** Folders of sysctl.d(5), the strongest first: a file in one hides those of the same name in the others. */
const folders = ["/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"];

/** Kernel settings that a boot makes: of several files that set one, the last by name wins. */
export const sysctlsPersisted = defineProbe({
  id: "sysctls-persisted",
  asks: "How does a boot set the kernel?",
  provides: {
    "sysctl.persisted": {
      type: "rows",
      says: "kernel settings that files make at boot, as they win over each other",
      columns: ["name", "value", "file"],
    },
  },
  via: {
    source: "ssh",
    argv: ["grep", "-rHE", "^[[:space:]]*-?[a-z][A-Za-z0-9_./*-]*[[:space:]]*=", "/etc/sysctl.conf", ...folders],
  },
  limits: { timeoutMs: 2_000, maxBytes: 128 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer);
    const files = filesIn(lines);
    const told = files.size > 0 || lines.some((line) => line.startsWith("grep: ") && line.includes("sysctl"));
    if (!told || !isWhole(answer) || refusedLine(lines)) return {};
    return { facts: { "sysctl.persisted": winners(files) } };
  },
});

function winners(files: ReadonlyMap<string, readonly string[]>): readonly Row[] {
  const byName = new Map<string, Row>();
  for (const file of applied([...files.keys()])) {
    for (const line of files.get(file) ?? []) {
      const [, name = "", value = ""] = /^\s*-?([\w./*-]{1,200})\s*=\s*(.{0,200})$/.exec(line) ?? [];
      if (name !== "") byName.set(dotted(name), { name: dotted(name), value: value.trim(), file });
    }
  }
  return [...byName.values()].sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
}

/** Those that count, in the order in which they are applied. */
function applied(paths: readonly string[]): readonly string[] {
  const strongest = new Map<string, string>();
  for (const folder of [...folders].reverse()) {
    for (const path of paths) {
      const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : "";
      if (name.endsWith(".conf")) strongest.set(name, path);
    }
  }
  // Where it is read at all it is through a link of this name.
  if (paths.includes("/etc/sysctl.conf")) strongest.set("99-sysctl.conf", "/etc/sysctl.conf");
  return [...strongest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

/** `net/ipv4/ip_forward` is the same setting; a name whose first separator is a slash keeps its dots. */
function dotted(name: string): string {
  const slash = name.indexOf("/");
  const dot = name.indexOf(".");
  return slash >= 0 && (dot < 0 || slash < dot) ? name.replaceAll("/", ".") : name;
}
