import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { stampOf } from "./stamp.ts";

describe("the stamp a line begins with", () => {
  test.each<[string, string, string]>([
    ["journal short-iso", "2026-11-21T02:11:27+0000 n3 kubelet[77]: x", "2026-11-21T02:11:27.000Z"],
    ["journal short-iso with a zone", "2026-11-21T04:11:27+0200 n3 kubelet[77]: x", "2026-11-21T02:11:27.000Z"],
    ["dmesg --time-format iso", "2026-11-21T01:52:18,123456+00:00 EXT4-fs error", "2026-11-21T01:52:18.123Z"],
    ["dmesg -T", "[Sat Nov 21 01:52:18 2026] EXT4-fs error", "2026-11-21T01:52:18.000Z"],
    ["syslog", "Dec  4 08:09:02 ip-10 kubelet: x", "2026-12-04T08:09:02.000Z"],
    ["klog", "E1121 02:11:27.967390      77 kubelet.go:1] x", "2026-11-21T02:11:27.967Z"],
    ["containerd logfmt", 'time="2026-11-21T02:11:27.660650248Z" level=error msg="x"', "2026-11-21T02:11:27.660Z"],
    ["JSON with epoch seconds", '{"ts":1763690000.5,"msg":"x"}', "2025-11-21T01:53:20.500Z"],
    ["JSON with a time", '{"time":"2026-11-21T02:11:27Z","level":"error"}', "2026-11-21T02:11:27.000Z"],
    ["Go's log package", "2026/11/21 02:11:27 x", "2026-11-21T02:11:27.000Z"],
    ["an event", "2026-11-21T02:11:28Z Warning CgroupV1 x", "2026-11-21T02:11:28.000Z"],
  ])("%s", (_, line, expected) => {
    const at = stampOf(line, 2026);
    expect(at === null ? null : new Date(at).toISOString()).toBe(expected);
  });

  test.each([
    "Part of the existing bootstrap client certificate is expired: 2018-07-06 12:32:00 +0000 UTC",
    "notAfter=Nov 21 02:11:26 2027 GMT",
    "[12345.678901] EXT4-fs error",
    "",
  ])("none: %j", (line) => {
    expect(stampOf(line, 2026)).toBeNull();
  });

  test("a stamp without a year needs one", () => {
    expect(stampOf("Dec  4 08:09:02 host kubelet: x", null)).toBeNull();
  });

  test("whatever the line, the answer is a time or null", () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.integer({ min: 1990, max: 2100 })), (line, year) => {
        const at = stampOf(line, year);
        expect(at === null || Number.isFinite(at)).toBe(true);
      }),
    );
  });
});
