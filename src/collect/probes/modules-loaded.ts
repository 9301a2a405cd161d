import { isFiltered, isWhole, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** The kernel modules that are loaded. One that is not may be built in: see modules-builtin. */
export const modulesLoaded = defineProbe({
  id: "modules-loaded",
  asks: "Which kernel modules are loaded?",
  provides: {
    "modules.loaded": { type: "list", says: "the kernel modules that are loaded; empty: the kernel loads none" },
  },
  via: { source: "ssh", argv: ["cat", "/proc/modules"] },
  limits: { timeoutMs: 1_000, maxBytes: 128 * 1024 },
  recognises: (words) => words[0] === "lsmod" || words.includes("/proc/modules"),
  read: (answer, { asked: question }) => {
    const lines = linesOf(answer);
    const names = lines.flatMap((line) => /^([\w-]{1,64})\s+\d{1,10}\s+(?:-?\d{1,6})(?:\s|$)/.exec(line)?.[1] ?? []);
    // A kernel without loadable modules has no such file.
    const none = lines.find((line) => line.includes("/proc/modules") && line.includes("No such file"));
    if (none !== undefined) return { facts: { "modules.loaded": shown([], none) } };
    const filtered = isFiltered(question);
    return names.length === 0 || !isWhole(answer) || filtered ? {} : { facts: { "modules.loaded": names } };
  },
});
