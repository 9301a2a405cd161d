import { textOf } from "../parse/answer.ts";
import { journal, journalWithin } from "../parse/journal.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** The kernel's lines as journald kept them; asked only where dmesg did not answer. */
export const kernelLogJournal = defineProbe({
  id: "kernel-log-journal",
  asks: "What did journald keep of the kernel's lines in this boot?",
  provides: {},
  streams: ["kernel"],
  after: ["kernel.logRead"],
  via: {
    source: "ssh",
    argv: (known) => (known.get("kernel.logRead") === true ? null : [...journal, "-k", "-n", "20000"]),
    sudo: true,
  },
  // -k would mean this boot only
  past: (window) => journalWithin(window, "_TRANSPORT=kernel"),
  limits: { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 },
  keep: "tail",
  recognises: whole((words) => words[0] === "journalctl" && words.some((word) => /^(-\w*k\w*|--dmesg)$/.test(word))),
  read: (answer) => (answer.kind === "value" ? { logs: { kernel: textOf(answer) } } : {}),
});
