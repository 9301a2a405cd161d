import { isWhole, linesOf, noSuchFile, statusOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** What a boot mounts, of which only the swap matters here: a kubelet refuses to start beside it. */
export const fstab = defineProbe({
  id: "fstab",
  asks: "Does a boot turn swap on?",
  provides: { "fstab.swap": { type: "list", says: "swap that /etc/fstab turns on at boot" } },
  via: { source: "ssh", argv: ["cat", "/etc/fstab"] },
  limits: { timeoutMs: 1_000, maxBytes: 32 * 1024 },
  recognises: (words) => words[0] === "cat" && words[1] === "/etc/fstab" && words.length === 2,
  read: (answer) => {
    const lines = linesOf(answer);
    const missing = noSuchFile(lines, "/etc/fstab");
    if (missing !== undefined) return { facts: { "fstab.swap": shown([], missing) } };
    if (!isWhole(answer) || (statusOf(answer) ?? 0) !== 0 || lines.some((line) => /^cat: /.test(line))) return {};
    const entries = lines.filter((line) => {
      const [device = "#", , type, options = ""] = line.trim().split(/\s+/);
      return type === "swap" && !device.startsWith("#") && !options.split(",").includes("noauto");
    });
    const devices = entries.map((line) => line.trim().split(/\s+/, 1)[0] ?? "");
    return { facts: { "fstab.swap": shown(devices, entries[0]) } };
  },
});
