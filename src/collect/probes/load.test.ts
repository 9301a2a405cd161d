import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { load } from "./load.ts";

/** Linux 6.18; uptime of procps 4.0. */
test.each([
  [
    "both files",
    "/proc/loadavg:0.34 0.45 0.37 3/224 167\n/sys/devices/system/cpu/online:0-1",
    { "load.one": 0.34, "cpu.count": 2 },
  ],
  ["a gap in the CPUs", "/sys/devices/system/cpu/online:0-3,8-11,16", { "cpu.count": 9 }],
  ["uptime", " 02:12:12 up 57 min,  0 user,  load average: 1.57, 1.17, 1.13", { "load.one": 1.57 }],
  ["cat", "1.57 1.17 1.13 5/236 345", { "load.one": 1.57 }],
  ["neither", "hello", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(load, text)).toEqual(found);
});
