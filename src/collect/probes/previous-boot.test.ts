import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown, valuesOf } from "../parse/testing.ts";
import { previousBoot } from "./previous-boot.ts";

/** systemd 252. */
const running = "2026-11-21T02:01:05+0000 n1 kubelet[76]: I1121 02:01:05.1 some work";
const orderly = `${running}
2026-11-21T02:01:06+0000 n1 systemd[1]: Reached target reboot.target - System Reboot.
2026-11-21T02:01:07+0000 n1 systemd-journald[25]: Journal stopped`;

test.each([
  ["in order", orderly, { "boot.cleanShutdown": true }],
  ["at once", running, { "boot.cleanShutdown": false }],
  ["not kept", "Data from the specified boot (-1) is not available: No such boot ID in journal", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(previousBoot, text)).toEqual(found);
});

test("the kernel's lines and the others go to their logs, where their stamps make them history", () => {
  const kernel = "2026-11-21T02:01:05+0000 n1 kernel: Kernel panic - not syncing: Fatal exception";
  const { logs } = previousBoot.read(value(`${running}\n${kernel}`), nothingKnown);
  expect(logs).toEqual({ kernel, system: running });
});

test("one unit's journal says nothing about the machine's end", () => {
  expect(valuesOf(previousBoot, running, { asked: ["journalctl -b -1 -u kubelet"] })).toEqual({});
});
