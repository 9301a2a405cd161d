import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { raid } from "./raid.ts";

/** Linux 6.1 in the form of md(4): one disk of the mirror has failed. */
const text = `Personalities : [raid1] [raid6]
md0 : active raid1 sdb1[1](F) sda1[0]
      1046528 blocks super 1.2 [2/1] [U_]

md1 : active raid1 sdd1[1] sdc1[0]
      1046528 blocks super 1.2 [2/2] [UU]

unused devices: <none>`;
const sample = text.replaceAll(/^(?=.)/gm, "/proc/mdstat:");

test.each([
  ["grep -H", sample, ["grep", "-H", ".", "/proc/mdstat"]],
  ["cat", text, ["cat /proc/mdstat"]],
])("reads the arrays from %s", (_, shown, asked) => {
  expect(valuesOf(raid, shown, { asked })["raid.rows"]).toEqual([
    { array: "md0", state: "active", level: "raid1", wanted: 2, active: 1, degraded: true, failed: "sdb1" },
    { array: "md1", state: "active", level: "raid1", wanted: 2, active: 2, degraded: false, failed: null },
  ]);
});

test("a kernel without it has no arrays; no answer has none either", () => {
  expect(valuesOf(raid, "grep: /proc/mdstat: No such file or directory")).toEqual({ "raid.rows": [] });
  expect(valuesOf(raid, "")).toEqual({});
});
