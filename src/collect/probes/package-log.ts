import type { Row } from "../../facts/fact.ts";
import { isWhole, linesOf } from "../parse/answer.ts";
import { secondsStamp } from "../parse/found.ts";
import { isNodePackage } from "../parse/packages.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** `2026-11-21 02:05:01 upgrade containerd.io:amd64 1.6.20-1 1.7.2-1`, in the machine's own time without a zone. */
const entry =
  /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (install|upgrade|remove|purge) ([a-z0-9][a-z0-9.+-]{1,100})(?::\w{1,20})? (\S{1,100}) (\S{1,100})$/;
const stamped = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) /;
const heading = /^(\d{1,11})(?:\.\d{1,12})? \/var\/log\/dpkg\.log/;
const quarterMs = 15 * 60_000;

/**
 * What dpkg did to the packages a node stands on. dpkg writes local time: how far that is from UTC is told by when the
 * file was last written, which is when its last line was.
 */
export const packageLog = defineProbe({
  id: "package-log",
  asks: "Which packages did dpkg change?",
  provides: {
    "package.rows": {
      type: "rows",
      says: "what dpkg did to packages of the kubelet, runtime, CNI, kernel and system",
      columns: ["at", "package", "action", "from", "to", "line"],
    },
  },
  via: {
    source: "ssh",
    argv: [
      ...["find", "/var/log/dpkg.log", "/var/log/dpkg.log.1", "-maxdepth", "0", "-printf", "%T@ %p\\n"],
      ...["-exec", "tail", "-n", "1500", "{}", ";"],
    ],
  },
  past: "the same",
  limits: { timeoutMs: 2_000, maxBytes: 512 * 1024 },
  read: (answer) => {
    const logs = logsIn(linesOf(answer));
    if (logs.length === 0 || !isWhole(answer)) return {};
    const rows = logs.flatMap(rowsOf).sort((one, other) => (String(one.at) < String(other.at) ? -1 : 1));
    return { facts: { "package.rows": shown(rows.slice(-200), rows.at(-1)?.line?.toString()) } };
  },
});

interface Log {
  readonly writtenMs: number;
  readonly lines: string[];
}

/** The files by their headings; what follows a file that does not exist is find's complaint. */
function logsIn(lines: readonly string[]): readonly Log[] {
  const logs: Log[] = [];
  for (const line of lines) {
    const seconds = heading.exec(line)?.[1];
    if (seconds !== undefined) logs.push({ writtenMs: Number(seconds) * 1000, lines: [] });
    else logs.at(-1)?.lines.push(line);
  }
  return logs;
}

function rowsOf(log: Log): readonly Row[] {
  const ahead = aheadOfUtc(log);
  if (ahead === undefined) return [];
  return log.lines.flatMap((line) => {
    const [, day, hour, action = "", name = "", from = "", to = ""] = entry.exec(line) ?? [];
    const at = secondsStamp((utc(day, hour) - ahead) / 1000);
    if (at === undefined || !isNodePackage(name)) return [];
    return [{ at, package: name, action, from: version(from), to: version(to), line }];
  });
}

/** Zones differ from UTC by quarters of an hour; a file written long after its last line tells nothing. */
function aheadOfUtc({ writtenMs, lines }: Log): number | undefined {
  const [, day, hour] = stamped.exec(lines.findLast((line) => stamped.test(line)) ?? "") ?? [];
  const difference = utc(day, hour) - writtenMs;
  const ahead = Math.round(difference / quarterMs) * quarterMs;
  const plausible = Math.abs(difference - ahead) < 60_000 && Math.abs(ahead) <= 14 * 60 * 60_000;
  return plausible ? ahead : undefined;
}

const utc = (day = "", hour = ""): number => Date.parse(`${day}T${hour}Z`);
const version = (text: string): string | null => (text === "<none>" ? null : text);
