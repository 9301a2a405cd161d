import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { boot } from "./boot.ts";

/** Linux 6.18. */
const sample = `/proc/stat:btime 1795266106
/proc/sys/kernel/random/boot_id:198345d7-a2a3-446b-9efc-325fcd512b91
/proc/uptime:2564.76 4245.38`;

test("reads id, time and age of the boot", () => {
  expect(valuesOf(boot, sample)).toEqual({
    "boot.id": "198345d7-a2a3-446b-9efc-325fcd512b91",
    "boot.at": "2026-11-21T13:01:46Z",
    "boot.uptimeSeconds": 2565,
  });
});

/** uptime of procps. */
test.each([
  [" 02:12:12 up 57 min,  0 user,  load average: 1.57, 1.17, 1.13", 3_420],
  [" 02:12:12 up  3:07,  2 users,  load average: 0.00, 0.00, 0.00", 11_220],
  [" 02:12:12 up 12 days,  4:33,  1 user,  load average: 0.00, 0.00, 0.00", 1_053_180],
])("reads %j", (text, seconds) => {
  expect(valuesOf(boot, text)).toEqual({ "boot.uptimeSeconds": seconds });
});
