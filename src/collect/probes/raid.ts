import type { Row } from "../../facts/fact.ts";
import { askedWords, isWhole, linesOf } from "../parse/answer.ts";
import { grepAll, grepped } from "../parse/grep.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { missingLine } from "../parse/stat.ts";
import { defineProbe } from "../probe.ts";

const path = "/proc/mdstat";

/** The kernel's software RAID: whether an array runs without one of its disks. */
export const raid = defineProbe({
  id: "raid",
  asks: "Are the software RAID arrays whole?",
  provides: {
    "raid.rows": {
      type: "rows",
      says: "software RAID arrays; degraded: fewer disks are active than should be",
      columns: ["array", "state", "level", "wanted", "active", "degraded", "failed"],
    },
  },
  via: { source: "ssh", argv: grepAll([path]) },
  limits: { timeoutMs: 2_000, maxBytes: 32 * 1024 },
  recognises: whole((words) => words[0] === "cat" && words.includes(path)),
  read: (answer, { asked }) => {
    const lines = linesOf(answer);
    if (missingLine(lines, path) !== undefined) return { facts: { "raid.rows": [] } };
    const text = grepped(lines, askedWords(asked)).get(path);
    if (text === undefined || !text.some((line) => line.startsWith("Personalities")) || !isWhole(answer)) return {};
    const rows = text.flatMap((line, index) => rowOf(line, text[index + 1] ?? ""));
    return { facts: { "raid.rows": shown(rows, rows.find(({ degraded }) => degraded)?.array?.toString()) } };
  },
});

/** `md0 : active raid1 sdb1[1](F) sda1[0]`, and below it `1046528 blocks super 1.2 [2/1] [U_]`. */
function rowOf(line: string, below: string): readonly Row[] {
  const [, array, state = "", level = null, members = ""] =
    /^(md\w{1,32}) : (\w{1,20})(?: \(\S{1,30}\))?(?: ((?:raid|linear|multipath)\w{0,10}))?(.{0,2000})$/.exec(line) ??
    [];
  if (array === undefined) return [];
  const [, wanted, active] = /\[(\d{1,4})\/(\d{1,4})\]/.exec(below) ?? [];
  const counted = wanted !== undefined && active !== undefined;
  const failed = [...members.matchAll(/(\w{1,32})\[\d{1,4}\]\(F\)/g)].map(([, device]) => device).join(" ");
  return [
    {
      array,
      state,
      level,
      wanted: counted ? Number(wanted) : null,
      active: counted ? Number(active) : null,
      degraded: counted ? Number(active) < Number(wanted) : null,
      failed: failed === "" ? null : failed,
    },
  ];
}
