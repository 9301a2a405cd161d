import { isWhole, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { isoStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

/**
 * What wtmp kept of boots, shutdowns and logins; it is older than the journal and survives without it. Newer Debian has
 * no `last` any more.
 */
export const bootRecords = defineProbe({
  id: "boot-records",
  asks: "When was the machine booted, shut down and logged into?",
  provides: {
    "boot.records": {
      type: "rows",
      says: "boots and shutdowns on record, newest first; ended says how a boot did: running still, shutdown, or crash where the next boot follows without a shutdown",
      columns: ["at", "kind", "ended", "line"],
    },
    "login.records": {
      type: "rows",
      says: "logins on record, newest first",
      columns: ["at", "user", "until", "ended"],
    },
  },
  via: {
    source: "ssh",
    argv: [
      ...["env", "TZ=UTC", "LC_ALL=C", "find", "/var/log/wtmp", "-maxdepth", "0", "-exec"],
      ...["last", "-x", "-w", "--time-format", "iso", "-n", "200", ";"],
    ],
  },
  past: "the same",
  byHand: ["last", "-x", "-F", "-n", "50"],
  limits: { timeoutMs: 2_000, maxBytes: 64 * 1024 },
  read: (answer) => {
    const records = linesOf(answer).flatMap(recordOf);
    const begins = linesOf(answer).some((line) => /^wtmp begins /.test(line));
    if (!isWhole(answer) || (records.length === 0 && !begins)) return {};
    const boots = records.filter(({ user }) => user === "reboot" || user === "shutdown");
    const logins = records.filter(({ user }) => !/^(reboot|shutdown|runlevel)$/.test(user));
    return {
      facts: {
        "boot.records": shown(boots.map(bootRow), boots[0]?.line),
        "login.records": logins.map(({ at, user, until, ended }) => ({ at, user, until, ended })),
      },
    };
  },
});

/** Newest first. `last` calls a boot that was never shut down "still running" even where another came after it. */
function bootRow({ at, user, line }: LastRecord, index: number, all: readonly LastRecord[]) {
  const next = all[index - 1]?.user;
  const boot = next === undefined ? "running" : next === "shutdown" ? "shutdown" : "crash";
  return { at, kind: user, ended: user === "reboot" ? boot : null, line };
}

type LastRecord = ReturnType<typeof recordOf>[number];

/** `reboot   system boot  6.1.0-28 2026-11-20T08:00:01+00:00   still running`, `alice pts/0 10.0.0.9 … - crash (00:41)`. */
function recordOf(line: string) {
  const stamp = "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d)";
  const parts = new RegExp(`^(\\S{1,64}) .{0,300}?${stamp}(?: +- +(?:${stamp}|(\\w{1,20})))?(.*)$`).exec(line);
  const at = isoStamp(parts?.[2]);
  if (parts === null || at === undefined || line.startsWith("wtmp begins ")) return [];
  const until = isoStamp(parts[3]) ?? null;
  const word = parts[4] ?? (/still|gone/.test(parts[5] ?? "") ? "running" : "ended");
  const ended = word === "down" ? "shutdown" : word;
  return [{ at, user: parts[1] ?? "", until, ended, line: line.trim().replaceAll(/ {2,}/g, " ") }];
}
