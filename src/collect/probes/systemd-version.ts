import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const pattern = /^systemd (\d{1,4})(?: |$)/;

/** The version of systemd. */
export const systemdVersion = defineProbe({
  id: "systemd-version",
  asks: "Which systemd is it?",
  provides: { "systemd.version": { type: "string", says: "systemd's version" } },
  via: { source: "ssh", argv: ["systemctl", "--version"] },
  limits: { timeoutMs: 3_000, maxBytes: 4 * 1024 },
  recognises: (words) => /^(systemctl|systemd)$/.test(words[0] ?? "") && words.includes("--version"),
  read: (answer) => {
    const found = linesOf(answer)
      .map((line) => pattern.exec(line))
      .find((parts) => parts !== null);
    return found?.[1] === undefined ? {} : { facts: { "systemd.version": shown(found[1], found[0]) } };
  },
});
