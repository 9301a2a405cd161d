import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown } from "../parse/testing.ts";
import { cloudConsole } from "./cloud-console.ts";

const logsOf = (text: string) => cloudConsole.read(value(text, { excerpt: true }), nothingKnown).logs;
const esc = String.fromCharCode(27);

test("only what was written since the last boot is of now, and without colours", () => {
  const console = [
    "[ 9999.000000] Kernel panic - not syncing: an old one",
    "[    0.000000] Linux version 6.1.0-21-cloud-amd64 (debian-kernel@lists.debian.org)",
    `[${esc}[0;32m  OK  ${esc}[0m] Started kubelet.service`,
    "[ 4120.100000] Kernel panic - not syncing: Fatal exception",
  ].join("\n");
  const kernel = logsOf(console)?.kernel ?? "";
  expect(kernel.split("\n")).toHaveLength(3);
  expect(kernel).toContain("[  OK  ]");
});

test("entries of a management controller's log carry their times", () => {
  // DSP2043: Systems/437XR1138R2/LogServices/Log1/Entries
  const Members = [
    {
      Created: "2026-11-21T14:45:00Z",
      Severity: "Critical",
      SensorType: "Temperature",
      Message: "Temperature\nthreshold exceeded",
    },
  ];
  expect(logsOf(JSON.stringify({ Members }))).toEqual({
    system: "2026-11-21T14:45:00Z SEL Critical Temperature Temperature threshold exceeded",
  });
});
