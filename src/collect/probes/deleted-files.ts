import type { Row } from "../../facts/fact.ts";
import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe, type Known } from "../probe.ts";

const large = 100 * 1024 * 1024;

/** `/var/log/trace.log (deleted)`, then `1396703232 /proc/812/fd/9`, as the two actions of the question print them. */
const named = /^(\/[^\0]{1,300}) \(deleted\)$/;
const sized = /^(\d{1,16}) \/proc\/(\d{1,10})\/fd\/\d{1,7}$/;

const deniedTo = /Permission denied/;

/**
 * Deleted files that a process keeps open: df counts them, du does not find them. Only the links in /proc are read and
 * the open files behind them, none on a network or FUSE mount, where even that may hang. Somebody who is not root sees his own.
 */
export const deletedFiles = defineProbe({
  id: "deleted-files",
  asks: "Does a process keep large deleted files open?",
  provides: {
    "file.deletedRows": {
      type: "rows",
      says: "deleted files of 100 MiB and more that a process keeps open",
      columns: ["pid", "path", "bytes", "line"],
    },
  },
  after: ["mount.rows"],
  via: { source: "ssh", argv: ask },
  limits: { timeoutMs: 4_000, maxBytes: 256 * 1024 },
  recognises: (words) =>
    words[0] === "find" && words.includes("/proc") && words.some((word) => /\(deleted\)/.test(word)),
  read: (answer) => {
    if (answer.kind !== "value") return {};
    const lines = linesOf(answer);
    const rows = lines.flatMap((line, index) => {
      const [, bytes, pid] = sized.exec(line) ?? [];
      const path = named.exec(lines[index - 1] ?? "")?.[1];
      if (bytes === undefined || pid === undefined || path === undefined || Number(bytes) < large) return [];
      return isMemory(path)
        ? []
        : [{ pid: Number(pid), path, bytes: Number(bytes), line: `${bytes} ${path} (deleted)` }];
    });
    if (rows.length === 0 && lines.some((line) => deniedTo.test(line))) return {};
    return { facts: { "file.deletedRows": shown(rows.slice(0, 50), rows[0]?.line) } };
  },
});

/** Shared memory and memory files look deleted and take no disk. */
function isMemory(path: string): boolean {
  return /^\/(memfd:|dev\/(shm|zero)|SYSV|\[aio\])/.test(path);
}

function ask(known: Known): readonly string[] | null {
  const mounts = known.get("mount.rows");
  if (!Array.isArray(mounts)) return null;
  const remote = (mounts as readonly Row[]).filter(({ network }) => network === true).map(({ mount }) => String(mount));
  if (remote.length > 100 || remote.some((mount) => !/^\/[\w./@:+~-]{1,300}$/.test(mount))) return null;
  return [
    ...["find", "/proc", "-mindepth", "3", "-maxdepth", "3", "-path", "/proc/[0-9]*/fd/*", "-lname", "/* (deleted)"],
    ...remote.flatMap((mount) => ["-not", "-lname", `${mount}/*`]),
    ...["-printf", "%l\\n", "-exec", "stat", "-L", "-c", "%s %n", "{}", ";"],
  ];
}
