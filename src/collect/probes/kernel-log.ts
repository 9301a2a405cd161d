import { linesOf, lineWith, textOf } from "../parse/answer.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** The kernel's ring buffer. Where it may not be read, kernel-log-journal asks journald instead. */
export const kernelLog = defineProbe({
  id: "kernel-log",
  asks: "What did the kernel write in this boot?",
  provides: { "kernel.logRead": { type: "boolean", says: "whether the kernel's ring buffer could be read" } },
  streams: ["kernel"],
  via: { source: "ssh", argv: ["dmesg", "--time-format", "iso"], sudo: true },
  limits: { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 },
  keep: "tail",
  recognises: whole((words) => words[0] === "dmesg"),
  read: (answer) => {
    if (answer.kind !== "value") return {};
    // util-linux and busybox: "dmesg: read kernel buffer failed: Operation not permitted", "unrecognized option".
    const refusal = lineWith(linesOf(answer), /^dmesg: /);
    if (refusal !== undefined) return { facts: { "kernel.logRead": { value: false, line: refusal } } };
    return { facts: { "kernel.logRead": true }, logs: { kernel: textOf(answer) } };
  },
});
