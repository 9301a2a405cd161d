import { textOf } from "../parse/answer.ts";
import { journal, journalWithin } from "../parse/journal.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

/** journalctl's own language: matches on one field are alternatives, on several fields all must hold, `+` is or. */
const warnings = ["PRIORITY=0", "PRIORITY=1", "PRIORITY=2", "PRIORITY=3", "PRIORITY=4"];
const fromPrograms = ["_TRANSPORT=syslog", "_TRANSPORT=journal", "_TRANSPORT=stdout"];
const always = [
  ...["systemd", "systemd-logind", "systemd-oomd", "earlyoom", "sshd", "sudo", "su", "polkitd"],
  ...["unattended-upgrade", "needrestart", "dnf", "yum", "ansible-systemd", "ansible-service"],
].map((program) => `SYSLOG_IDENTIFIER=${program}`);
/** Ansible with the journal's Python library writes as python3, as cloud agents do, but names its module. */
const ansible = "MODULE=basic.py";

const wanted = [...warnings, ...fromPrograms, "+", ...always, "+", ansible];

/** Warnings of all programs, and everything of those that start, stop, kill or let people in. */
export const systemJournal = defineProbe({
  id: "system-journal",
  asks: "What did systemd and others write in this boot?",
  provides: {},
  streams: ["system"],
  via: {
    source: "ssh",
    argv: [...journal, "-n", "5000", ...wanted],
    sudo: true,
  },
  past: (window) => journalWithin(window, ...wanted),
  limits: { timeoutMs: 5_000, maxBytes: 1024 * 1024 },
  keep: "tail",
  recognises: whole(
    (words) =>
      words[0] === "journalctl" &&
      words.slice(1).every((word) => /^(-[xenbprq\d]+|--no-pager|--utc|warning|err|short-iso|-o)$/.test(word)),
  ),
  read: (answer) => (answer.kind === "value" ? { logs: { system: textOf(answer) } } : {}),
});
