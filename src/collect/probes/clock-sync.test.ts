import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { clockSync } from "./clock-sync.ts";

/** systemd 252, 229 and `timedatectl show`. */
test.each([
  ["System clock synchronized: no\n              NTP service: active", false],
  ["     NTP synchronized: yes", true],
  ["NTPSynchronized=yes", true],
])("%j", (text, synchronized) => {
  expect(valuesOf(clockSync, text)).toEqual({ "clock.synchronized": synchronized });
});

test("no such line, no fact", () => {
  expect(valuesOf(clockSync, "Failed to query server: Connection timed out")).toEqual({});
});

const told = (hardware: string, local: string): string =>
  `      Universal time: Tue 2019-05-07 03:45:04 UTC\n            RTC time: Tue 2019-05-07 ${hardware}\n    RTC in local TZ: ${local}\n`;

test.each([
  ["ahead", told("04:29:59", "no"), { "clock.hardwareSkewSeconds": 2695 }],
  ["in step", told("03:45:04", "no"), { "clock.hardwareSkewSeconds": 0 }],
  ["behind", told("03:44:04", "no"), { "clock.hardwareSkewSeconds": -60 }],
  ["in local time it says nothing", told("05:45:04", "yes"), {}],
])("the hardware clock is %s", (_, text, expected) => expect(valuesOf(clockSync, text)).toEqual(expected));
