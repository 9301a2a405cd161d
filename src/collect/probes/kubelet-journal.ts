import { textOf } from "../parse/answer.ts";
import { journalOf, journalOfWithin } from "../parse/journal.ts";
import { whole } from "../parse/recognise.ts";
import { kubeletUnits } from "../parse/units.ts";
import { defineProbe } from "../probe.ts";

/** What the kubelet wrote in this boot, and what systemd wrote about it. */
export const kubeletJournal = defineProbe({
  id: "kubelet-journal",
  asks: "What did the kubelet write in this boot?",
  provides: {},
  streams: ["kubelet"],
  byHand: ["journalctl", "-b", "-u", "kubelet", "--no-pager"],
  via: { source: "ssh", argv: journalOf(kubeletUnits), sudo: true },
  past: journalOfWithin(kubeletUnits),
  limits: { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 },
  keep: "tail",
  recognises: whole(
    (words) => words[0] === "journalctl" && words.some((word) => /kubelet|kubelite|^k3s|^rke2|^k0s/.test(word)),
  ),
  read: (answer) => (answer.kind === "value" ? { logs: { kubelet: textOf(answer) } } : {}),
});
