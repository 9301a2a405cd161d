import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

/** Whether the kernel believes its clock is kept in step. */
export const clockSync = defineProbe({
  id: "clock-sync",
  asks: "Is the node's clock kept in step?",
  provides: { "clock.synchronized": { type: "boolean", says: "whether the kernel calls its clock synchronized" } },
  via: { source: "ssh", argv: ["env", "LC_ALL=C", "timedatectl", "status"] },
  limits: { timeoutMs: 3_000, maxBytes: 4 * 1024 },
  recognises: (words) => words[0] === "timedatectl",
  read: (answer) => {
    const line = linesOf(answer).find((one) =>
      /^\s*(System clock|NTP) synchronized: (yes|no)$|^NTPSynchronized=(yes|no)$/.test(one),
    );
    return line === undefined ? {} : { facts: { "clock.synchronized": shown(line.endsWith("yes"), line) } };
  },
});
