import { askedWords, linesOf } from "../parse/answer.ts";
import { grepAll, grepped } from "../parse/grep.ts";
import { facts, integer, percent } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** Open files and inotify instances against the system's limits. */
export const openFiles = defineProbe({
  id: "open-files",
  asks: "Are there file handles left?",
  provides: {
    "fs.nrOpenPercent": { type: "number", says: "open files against the system's limit", unit: "%" },
    "inotify.instances": { type: "number", says: "inotify instances one user may have" },
    "inotify.watches": { type: "number", says: "inotify watches one user may have" },
  },
  via: {
    source: "ssh",
    argv: grepAll([
      "/proc/sys/fs/file-nr",
      "/proc/sys/fs/inotify/max_user_instances",
      "/proc/sys/fs/inotify/max_user_watches",
    ]),
  },
  limits: { timeoutMs: 1_000, maxBytes: 4 * 1024 },
  recognises: (words) => words.some((word) => /file-nr$|inotify[./]max_user_(instances|watches)$/.test(word)),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const files = grepped(lines, asked);
    const limit = (name: string) =>
      integer(files.get(`/proc/sys/fs/inotify/${name}`)?.[0]) ??
      integer(
        lines
          .map((line) => new RegExp(`^fs\\.inotify\\.${name} = (\\d{1,12})$`).exec(line)?.[1])
          .find((found) => found !== undefined),
      );
    const [, used, max] =
      /^(\d{1,15})\s+\d{1,15}\s+(\d{1,19})$/.exec(files.get("/proc/sys/fs/file-nr")?.[0] ?? "") ?? [];
    return {
      facts: facts({
        "fs.nrOpenPercent": used === undefined || max === undefined ? undefined : percent(Number(used), Number(max)),
        "inotify.instances": limit("max_user_instances"),
        "inotify.watches": limit("max_user_watches"),
      }),
    };
  },
});
