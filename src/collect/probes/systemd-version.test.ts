import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { systemdVersion } from "./systemd-version.ts";

test.each([
  ["systemd 252 (252.39-1~deb12u2)\n+PAM +AUDIT", "252"],
  ["systemd 219\n+PAM", "219"],
])("%j", (text, version) => {
  expect(valuesOf(systemdVersion, text)).toEqual({ "systemd.version": version });
});
