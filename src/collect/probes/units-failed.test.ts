import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { unitsFailed } from "./units-failed.ts";

/** systemd 252. */
const sample = `cloud-final.service         loaded failed failed Execute cloud user/final scripts
var-lib-data.mount          loaded failed failed /var/lib/data`;

test("lists the units that failed", () => {
  expect(valuesOf(unitsFailed, value(sample, { exitCode: 0 }))["units.failed"]).toEqual([
    { unit: "cloud-final.service", says: "Execute cloud user/final scripts" },
    { unit: "var-lib-data.mount", says: "/var/lib/data" },
  ]);
});

test("none is an answer; no answer is none", () => {
  expect(valuesOf(unitsFailed, value("", { exitCode: 0 }))).toEqual({ "units.failed": [] });
  const text = "System has not been booted with systemd as init system (PID 1). Can't operate.";
  expect(valuesOf(unitsFailed, value("", { stderr: text, exitCode: 1 }))).toEqual({});
});
