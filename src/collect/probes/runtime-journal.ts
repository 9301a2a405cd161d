import { textOf } from "../parse/answer.ts";
import { journalOf, journalOfWithin } from "../parse/journal.ts";
import { whole } from "../parse/recognise.ts";
import { defineProbe } from "../probe.ts";

const units = [
  "containerd.service",
  "crio.service",
  "docker.service",
  "cri-docker.service",
  "snap.microk8s.daemon-containerd.service",
] as const;

/** What the container runtime wrote in this boot. k3s and RKE2 write theirs into files: see runtime-log-files. */
export const runtimeJournal = defineProbe({
  id: "runtime-journal",
  asks: "What did the container runtime write in this boot?",
  provides: {},
  streams: ["runtime"],
  byHand: ["journalctl", "-b", "-u", "containerd", "--no-pager"],
  via: { source: "ssh", argv: journalOf(units), sudo: true },
  past: journalOfWithin(units),
  limits: { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 },
  keep: "tail",
  recognises: whole((words) => words[0] === "journalctl" && words.some((word) => /containerd|crio|docker/.test(word))),
  read: (answer) => (answer.kind === "value" ? { logs: { runtime: textOf(answer) } } : {}),
});
