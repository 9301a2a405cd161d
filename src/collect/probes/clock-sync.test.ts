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
