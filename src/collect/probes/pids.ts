import { askedWords, linesOf } from "../parse/answer.ts";
import { grepAll, grepped } from "../parse/grep.ts";
import { facts, integer, percent, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** `/proc/loadavg:0.34 0.45 0.37 3/224 167`: of 224 threads 3 want to run. */
const loadavg = /^(?:\/proc\/loadavg:)?(?:\d{1,6}\.\d\d ){3}\d{1,9}\/(\d{1,9}) \d{1,10}$/;

/** Processes and threads against the two limits the kernel has on them. */
export const pids = defineProbe({
  id: "pids",
  asks: "Are there process ids left?",
  provides: {
    "pids.max": { type: "number", says: "kernel.pid_max: the most process and thread ids" },
    "pids.threadsMax": { type: "number", says: "kernel.threads-max: the most threads" },
    "pids.threads": { type: "number", says: "threads that exist now" },
    "pids.usedPercent": { type: "number", says: "threads against the lower of the two limits", unit: "%" },
  },
  via: { source: "ssh", argv: grepAll(["/proc/sys/kernel/pid_max", "/proc/sys/kernel/threads-max", "/proc/loadavg"]) },
  limits: { timeoutMs: 1_000, maxBytes: 4 * 1024 },
  recognises: (words) =>
    words.some((word) => /kernel[./](pid_max|threads-max)$/.test(word) || word === "/proc/loadavg"),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const files = grepped(lines, asked);
    const setting = (name: string) =>
      integer(files.get(`/proc/sys/kernel/${name}`)?.[0]) ??
      integer(
        lines
          .map((line) => new RegExp(`^kernel\\.${name} = (\\d{1,10})$`).exec(line)?.[1])
          .find((found) => found !== undefined),
      );
    const line = lines.find((one) => loadavg.test(one));
    const threads = integer(loadavg.exec(line ?? "")?.[1]);
    const [max, threadsMax] = [setting("pid_max"), setting("threads-max")];
    const limit = Math.min(max ?? Number.POSITIVE_INFINITY, threadsMax ?? Number.POSITIVE_INFINITY);
    return {
      facts: facts({
        "pids.max": max,
        "pids.threadsMax": threadsMax,
        "pids.threads": threads === undefined ? undefined : shown(threads, line),
        "pids.usedPercent": threads === undefined || !Number.isFinite(limit) ? undefined : percent(threads, limit),
      }),
    };
  },
});
