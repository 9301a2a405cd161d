import { isWhole, linesOf } from "../parse/answer.ts";
import { processesIn } from "../parse/ps.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/**
 * Threads that are stuck in the kernel. A Go program blocks in whatever thread made the call, and `ps` without -L shows
 * the first thread only, which sleeps happily. Sorted by state, those in D come first and a cut loses none of them.
 */
export const stuckThreads = defineProbe({
  id: "stuck-threads",
  asks: "Is a thread of the kubelet or the runtime stuck in the kernel?",
  provides: {
    "thread.dRows": {
      type: "rows",
      says: "threads stuck in the kernel (state D), by the process they belong to",
      columns: ["pid", "comm", "wchan", "line"],
    },
  },
  via: { source: "ssh", argv: ["ps", "-eLo", "pid,lwp,s,wchan:32,comm"] },
  limits: { timeoutMs: 3_000, maxBytes: 1024 * 1024 },
  recognises: (words) => words[0] === "ps" && words.some((word) => /^-[a-z]*L/.test(word)),
  read: (answer) => {
    const rows = processesIn(linesOf(answer));
    if (rows.length === 0 || rows.every(({ state }) => state === undefined)) return {};
    const stuck = rows.filter(({ state }) => state === "D").slice(0, 100);
    if (stuck.length === 0 && !isWhole(answer)) return {};
    const found = stuck.map(({ pid, comm, waiting, line }) => ({ pid, comm, wchan: waiting ?? null, line }));
    return { facts: { "thread.dRows": shown(found, stuck[0]?.line) } };
  },
});
