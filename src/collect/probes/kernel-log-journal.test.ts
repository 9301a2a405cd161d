import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import type { FactValue } from "../../facts/fact.ts";
import { nothingKnown } from "../parse/testing.ts";
import { kernelLogJournal } from "./kernel-log-journal.ts";

/** systemd 252. */
const sample = "2026-11-21T13:40:28+0000 n1 kernel: EXT4-fs (loop0): mounted filesystem fd27d599 r/w without journal.";

function asked(known: readonly (readonly [string, FactValue])[]) {
  const { via } = kernelLogJournal;
  return via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map(known)) : undefined;
}

test("is asked only where dmesg did not answer", () => {
  expect(asked([["kernel.logRead", true]])).toBeNull();
  expect(asked([["kernel.logRead", false]])).toContain("-k");
  expect(asked([])).toContain("-k");
});

test("gives the lines to the kernel's log", () => {
  expect(kernelLogJournal.read(value(sample), nothingKnown)).toEqual({ logs: { kernel: sample } });
});
