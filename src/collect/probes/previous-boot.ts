import { askedWords, linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** What journald and systemd write last when a machine is shut down in order. */
const orderly =
  /Reached target \S*(shutdown|poweroff|reboot|halt|final)|System is (rebooting|powering down|halting)|Journal stopped|Shutting down\.|systemd-shutdown/i;

/** How the boot before this one ended. Its last lines are history, which may confirm what is over once it happened. */
export const previousBoot = defineProbe({
  id: "previous-boot",
  asks: "How did the previous boot end?",
  provides: {
    "boot.cleanShutdown": {
      type: "boolean",
      says: "whether the previous boot's journal ends with an orderly shutdown",
    },
  },
  via: {
    source: "ssh",
    argv: ["journalctl", "--utc", "-o", "short-iso", "--no-pager", "-q", "-b", "-1", "-n", "500"],
    sudo: true,
  },
  streams: ["kernel", "system"],
  limits: { timeoutMs: 5_000, maxBytes: 256 * 1024 },
  keep: "tail",
  recognises: whole(
    (words) =>
      words[0] === "journalctl" && (words.includes("-1") || words.includes("-b-1") || words.includes("--boot=-1")),
  ),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    if (asked.some((word) => /^(-u|-k|--unit|-t)/.test(word))) return {};
    const lines = linesOf(answer).filter((line) => /^\d{4}-\d\d-\d\dT|^[A-Z][a-z]{2} [ \d]\d \d\d:/.test(line));
    if (lines.length === 0) return {};
    const end = lines.findLast((line) => orderly.test(line));
    const kernel = lines.filter(isKernels);
    return {
      facts: { "boot.cleanShutdown": shown(end !== undefined, end ?? lines.at(-1)) },
      logs: { kernel: kernel.join("\n"), system: lines.filter((line) => !isKernels(line)).join("\n") },
    };
  },
});

const isKernels = (line: string): boolean => /^\S+ (?:\S+ )?(?:\d\d:\d\d:\d\d )?\S+ kernel: /.test(line);
