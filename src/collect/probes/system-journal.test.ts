import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown } from "../parse/testing.ts";
import { systemJournal } from "./system-journal.ts";

/** systemd 252. */
const sample = `2026-11-21T13:44:30+0000 n1 sshd[122]: pam_unix(sshd:session): session opened for user root(uid=0) by (uid=0)
2026-11-21T13:45:02+0000 n1 systemd[1]: Stopping containerd.service - containerd container runtime...`;

test("gives the lines to the system's log", () => {
  expect(systemJournal.read(value(sample), nothingKnown)).toEqual({ logs: { system: sample } });
});

test.each([
  [["journalctl", "-xe"], true],
  [["journalctl", "-p", "warning", "-b", "--no-pager"], true],
  [["journalctl", "-u", "kubelet"], false],
  [["journalctl", "--list-boots"], false],
])("recognises %j: %s", (words, known) => {
  expect(systemJournal.recognises?.(words, "")).toBe(known);
});
