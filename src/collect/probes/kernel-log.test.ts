import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown } from "../parse/testing.ts";
import { kernelLog } from "./kernel-log.ts";

/** util-linux 2.38, Linux 6.18. */
const sample = `2026-11-21T13:01:46,000000+00:00 Linux version 6.18.44-fc-v657
2026-11-21T13:40:28,518021+00:00 EXT4-fs (loop0): mounted filesystem fd27d599 r/w without journal. Quota mode: none.`;

test("gives the lines to the kernel's log", () => {
  expect(kernelLog.read(value(sample), nothingKnown)).toEqual({
    facts: { "kernel.logRead": true },
    logs: { kernel: sample },
  });
});

test("a refusal is no log", () => {
  const refused = value("", { stderr: "dmesg: read kernel buffer failed: Operation not permitted", exitCode: 1 });
  const { facts, logs } = kernelLog.read(refused, nothingKnown);
  expect(facts?.["kernel.logRead"]).toMatchObject({ value: false });
  expect(logs).toBeUndefined();
});
