import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { pids } from "./pids.ts";

/** Linux 6.18. */
const sample = `/proc/sys/kernel/pid_max:4194304
/proc/sys/kernel/threads-max:192730
/proc/loadavg:0.34 0.45 0.37 3/144548 167`;

test("counts threads against the lower limit", () => {
  expect(valuesOf(pids, sample)).toEqual({
    "pids.max": 4_194_304,
    "pids.threadsMax": 192_730,
    "pids.threads": 144_548,
    "pids.usedPercent": 75,
  });
});

test("reads sysctl's form", () => {
  expect(valuesOf(pids, "vm.panic_on_oom = 0\nkernel.pid_max = 32768")).toEqual({ "pids.max": 32_768 });
});
