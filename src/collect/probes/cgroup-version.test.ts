import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { cgroupVersion } from "./cgroup-version.ts";

/** coreutils 9.1; 8.2x prints the number it has no name for. */
test.each([
  ["cgroup2fs", 2],
  ["tmpfs", 1],
  ["0x63677270", 2],
])("%s is version %d", (text, version) => {
  expect(valuesOf(cgroupVersion, text)).toEqual({ "cgroup.version": version });
});

test("anything else says nothing", () => {
  expect(
    valuesOf(cgroupVersion, value("", { stderr: "stat: cannot read file system information", exitCode: 1 })),
  ).toEqual({});
  expect(valuesOf(cgroupVersion, "toString")).toEqual({});
});
