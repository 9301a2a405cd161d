import { expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { nothingKnown } from "../parse/testing.ts";
import { kubeletJournal } from "./kubelet-journal.ts";

/** systemd 252, `-o short-iso --utc`. */
const sample = `2026-11-21T13:40:28+0000 n1 systemd[1]: Started kubelet.service - kubelet: The Kubernetes Node Agent.
2026-11-21T13:40:30+0000 n1 kubelet[76]: I1121 13:40:30.042343      76 kubelet.go:2515] "SyncLoop ADD" source="api" pods=[]`;

test("gives the lines to the kubelet's log", () => {
  expect(kubeletJournal.read(value(sample), nothingKnown)).toEqual({ logs: { kubelet: sample } });
});

test("nothing written is an empty log; a hang is none", () => {
  expect(kubeletJournal.read(value(""), nothingKnown)).toEqual({ logs: { kubelet: "" } });
  expect(kubeletJournal.read(unavailable("hung", ""), nothingKnown)).toEqual({});
});

test.each([
  [["journalctl", "-xeu", "kubelet"], true],
  [["journalctl", "--unit=kubelet.service"], true],
  [["journalctl", "-u", "containerd"], false],
])("recognises %j: %s", (words, known) => {
  expect(kubeletJournal.recognises?.(words, "")).toBe(known);
});
