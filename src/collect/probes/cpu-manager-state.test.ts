import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { cpuManagerState } from "./cpu-manager-state.ts";

/** kubelet 1.34. */
const sample = '{"policyName":"static","defaultCpuSet":"0-1","checksum":1353318690}';

test.each([
  ["a checkpoint", value(sample), { "cpuManager.exists": true, "cpuManager.policy": "static" }],
  [
    "none",
    value("", {
      stderr: "head: cannot open '/var/lib/kubelet/cpu_manager_state' for reading: No such file or directory",
      exitCode: 1,
    }),
    { "cpuManager.exists": false, "cpuManager.policy": null },
  ],
  [
    "not ours to read",
    value("", {
      stderr: "head: cannot open '/var/lib/kubelet/cpu_manager_state' for reading: Permission denied",
      exitCode: 1,
    }),
    {},
  ],
  ["damaged", value('{"policyName":'), {}],
])("%s", (_, answer, found) => {
  expect(valuesOf(cpuManagerState, answer)).toEqual(found);
});
