import { isWhole, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** Swap in use: a kubelet refuses to start beside it unless told otherwise. */
export const swap = defineProbe({
  id: "swap",
  asks: "Is swap on?",
  provides: {
    "swap.on": { type: "boolean", says: "whether swap is in use" },
    "swap.devices": { type: "list", says: "the swap devices and files in use" },
  },
  via: { source: "ssh", argv: ["cat", "/proc/swaps"] },
  limits: { timeoutMs: 1_000, maxBytes: 16 * 1024 },
  recognises: whole((words) => words.includes("/proc/swaps") || words[0] === "swapon" || words[0] === "free"),
  read: (answer) => {
    const lines = linesOf(answer);
    const head = lines.findIndex((line) => /^(Filename|NAME)\s+(Type|TYPE)\s/i.test(line));
    const rows = head < 0 ? [] : lines.slice(head + 1).filter((line) => /^\/\S+\s+(partition|file)\s/.test(line));
    const first = rows[0];
    if (first !== undefined) {
      return {
        facts: { "swap.on": shown(true, first), "swap.devices": rows.map((row) => row.split(/\s/, 1)[0] ?? row) },
      };
    }
    const none = head >= 0 ? lines[head] : lines.find((line) => /^Swap:\s+0B?\s/.test(line));
    if (none !== undefined && isWhole(answer)) return { facts: { "swap.on": shown(false, none), "swap.devices": [] } };
    const some = lines.find((line) => /^Swap:\s+[1-9]/.test(line));
    return some === undefined ? {} : { facts: { "swap.on": shown(true, some) } };
  },
});
