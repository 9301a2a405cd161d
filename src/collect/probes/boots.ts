import { linesOf } from "../parse/answer.ts";
import { facts, shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { systemdStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

/** The boots journald has kept: when the one before ended, and since when this one is on record. */
export const boots = defineProbe({
  id: "boots",
  asks: "Which boots does the journal know?",
  provides: {
    "boot.count": { type: "number", says: "boots the journal has kept" },
    "boot.previousEnd": { type: "time", says: "the last entry of the boot before this one" },
    "boot.id": { type: "string", says: "the running kernel's boot id" },
    "journal.firstEntry": { type: "time", says: "the first journal entry of this boot" },
  },
  via: { source: "ssh", argv: ["journalctl", "--list-boots", "--utc", "--no-pager", "-q"], sudo: true },
  past: "the same",
  limits: { timeoutMs: 5_000, maxBytes: 128 * 1024 },
  keep: "tail",
  recognises: whole((words) => words[0] === "journalctl" && words.includes("--list-boots")),
  read: (answer, { at }) => {
    const rows = linesOf(answer).flatMap(bootOf);
    const current = at === null ? rows.find(({ index }) => index === 0) : bootAt(rows, at);
    const previous = rows.find(({ index }) => index + 1 === current?.index);
    if (current === undefined) return {};
    return {
      facts: facts({
        "boot.count": rows.length,
        "boot.previousEnd":
          previous === undefined ? null : previous.last && shown(previous.last, previous.line, previous.last),
        "boot.id": current.id,
        "journal.firstEntry": current.first && shown(current.first, current.line),
      }),
    };
  },
});

/** The boot that ran at a time: the last that had begun. A clock set back since may leave none, then it is this one. */
function bootAt(rows: readonly Boot[], at: string): Boot | undefined {
  const begun = rows.filter(({ first }) => first !== undefined && first <= at);
  return begun.reduce<Boot | undefined>(later, undefined) ?? rows.find(({ index }) => index === 0);
}

const later = (one: Boot | undefined, other: Boot): Boot => (one && one.index > other.index ? one : other);

type Boot = ReturnType<typeof bootOf>[number];

/** ` 0 3a43… Sat 2026-11-21 02:11:27 UTC Sat 2026-11-21 02:12:07 UTC`; older versions put a dash between the two. */
function bootOf(line: string) {
  const stamp = "(?:[A-Z][a-z]{2} )?(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\w{1,5})";
  const parts = new RegExp(`^\\s*(-?\\d{1,5}) ([0-9a-f]{32}) ${stamp}[ —-]{1,3}${stamp}`, "u").exec(line);
  if (parts === null) return [];
  const id = (parts[2] ?? "").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return [{ index: Number(parts[1]), id, first: systemdStamp(parts[3]), last: systemdStamp(parts[4]), line }];
}
