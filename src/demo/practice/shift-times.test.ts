import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { shiftTimes } from "./shift-times.ts";

const recordedAt = Date.parse("2026-11-21T02:12:00Z");
const hours = (count: number): number => count * 3_600_000;

describe("every form that probes return", () => {
  test.each([
    ["iso", "2026-11-21T02:11:27Z", "2026-11-21T03:11:27Z"],
    ["iso with a fraction", '"renewTime":"2026-11-21T02:11:27.123456Z"', '"renewTime":"2026-11-21T03:11:27.123456Z"'],
    ["iso with a zone", "2026-11-21T02:11:27+00:00 x", "2026-11-21T03:11:27+00:00 x"],
    ["journal short-iso", "2026-11-21T23:11:27+0000 n3 kubelet[7]: x", "2026-11-22T00:11:27+0000 n3 kubelet[7]: x"],
    ["dmesg --time-format iso", "2026-11-21T02:11:27,967390+00:00 EXT4-fs", "2026-11-21T03:11:27,967390+00:00 EXT4-fs"],
    ["go's time", "2026-11-21 02:11:27.5 +0000 UTC m=+0.05", "2026-11-21 03:11:27.5 +0000 UTC m=+0.05"],
    ["slashes", "2026/11/21 02:11:27 [error]", "2026/11/21 03:11:27 [error]"],
    ["systemd", "Since=Sat 2026-11-21 23:30:00 UTC", "Since=Sun 2026-11-22 00:30:00 UTC"],
    ["syslog", "Nov 21 02:11:27 n3 systemd[1]: x", "Nov 21 03:11:27 n3 systemd[1]: x"],
    ["syslog, one digit next", "Nov 30 23:30:00 n3 x", "Dec  1 00:30:00 n3 x"],
    ["klog", "I1121 02:11:27.967390      75 x.go:1]", "I1121 03:11:27.967390      75 x.go:1]"],
    ["openssl", "notAfter=Nov 21 23:11:26 2026 GMT", "notAfter=Nov 22 00:11:26 2026 GMT"],
    ["openssl, one digit", "notBefore=Dec  1 02:11:26 2026 GMT", "notBefore=Dec  1 03:11:26 2026 GMT"],
    ["dmesg -T", "[Sat Nov 21 23:52:18 2026] x", "[Sun Nov 22 00:52:18 2026] x"],
    ["date", "Sat Nov 21 23:52:18 UTC 2026", "Sun Nov 22 00:52:18 UTC 2026"],
    ["the turn of the year", "Sat Dec 31 23:30:00 2022", "Sun Jan  1 00:30:00 2023"],
    ["date +%s", "1795227087\n", "1795230687\n"],
    ["date +%s.%N", "1795227087.123456789", "1795230687.123456789"],
    ["/proc/stat", "cpu 1 2\nbtime 1795227087\nprocesses 9", "cpu 1 2\nbtime 1795230687\nprocesses 9"],
    ["grep -H of /proc/stat", "/proc/stat:btime 1795227087", "/proc/stat:btime 1795230687"],
    ["an HTTP date", "date: Sat, 21 Nov 2026 23:11:26 GMT", "date: Sun, 22 Nov 2026 00:11:26 GMT"],
    [
      "stat %Y, however old",
      "/etc/a b|regular file|12|644|root:root|1600000000\n/x|socket|0|660|root:root|1795227087",
      "/etc/a b|regular file|12|644|root:root|1600003600\n/x|socket|0|660|root:root|1795230687",
    ],
    ["zap's ts", '{"level":"warn","ts":1795227087.5,"msg":"x"}', '{"level":"warn","ts":1795230687.5,"msg":"x"}'],
    ["journalctl --since @", "--since=@1795227087 -n", "--since=@1795230687 -n"],
  ])("%s", (_, recorded, shifted) => {
    expect(shiftTimes(recorded, hours(1), recordedAt)).toBe(shifted);
    expect(shiftTimes(shifted, hours(-1), recordedAt)).toBe(recorded);
  });
});

describe("what is no time stays", () => {
  test.each([
    "1288490188", // memory.current: bytes
    "MemTotal:       1795227087 kB",
    "size=1795227087",
    "Linux 6.1.0 #1 SMP Debian 6.1.148-1 (2025-08-26)",
    "up 02:11:27, load 0.1",
    "[   12.345678] EXT4-fs error",
    "Nov 21",
    "2026-13-45T99:99:99Z",
    "Feb 31 02:11:27 n3",
    "E1331 02:11:27.967390",
    "/etc/a|regular file|1795227087|644|root:root|17952270871",
  ])("%s", (text) => {
    expect(shiftTimes(text, hours(1), recordedAt)).toBe(text);
  });
});

test("a line of last December that is read in January", () => {
  const january = Date.parse("2027-01-01T00:10:00Z");
  expect(shiftTimes("Dec 31 23:59:00 n3 x", hours(24 * 60), january)).toBe("Mar  1 23:59:00 n3 x");
});

const dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (count: number): string => `0${count}`.slice(-2);
const timeOfDay = (at: Date): string => [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(":");
const monthDay = (at: Date): string => `${monthNames[at.getUTCMonth()]} ${` ${at.getUTCDate()}`.slice(-2)}`;
const isoDay = (at: Date): string => [at.getUTCFullYear(), two(at.getUTCMonth() + 1), two(at.getUTCDate())].join("-");

const forms: Readonly<Record<string, (at: Date) => string>> = {
  iso: (at) => at.toISOString(),
  systemd: (at) => `${dayNames[at.getUTCDay()]} ${isoDay(at)} ${timeOfDay(at)} UTC`,
  syslog: (at) => `${monthDay(at)} ${timeOfDay(at)} host prog[1]: x`,
  klog: (at) => `W${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())} ${timeOfDay(at)}.000001 1 x.go:2] y`,
  openssl: (at) => `notAfter=${monthDay(at)} ${timeOfDay(at)} ${at.getUTCFullYear()} GMT`,
  dmesg: (at) => `[${dayNames[at.getUTCDay()]} ${monthDay(at)} ${timeOfDay(at)} ${at.getUTCFullYear()}] x`,
  http: (at) => at.toUTCString(),
  epoch: (at) => `btime ${Math.floor(at.getTime() / 1000)}`,
};

/** From 2010 on: epoch seconds have ten digits. */
const moments = fc.integer({ min: 1_262_304_000, max: 2_500_000_000 }).map((seconds) => new Date(seconds * 1000));
const deltas = fc.integer({ min: -200_000_000, max: 200_000_000 }).map((seconds) => seconds * 1000);

describe.each(Object.entries(forms))("any %s stamp", (_, print) => {
  test("moves to exactly the text that the later moment has, in the same width", () => {
    fc.assert(
      fc.property(moments, deltas, (at, delta) => {
        const shifted = shiftTimes(print(at), delta, at.getTime());
        expect(shifted).toBe(print(new Date(at.getTime() + delta)));
        expect(shifted).toHaveLength(print(at).length);
      }),
    );
  });
});

test("no shift changes nothing, and a shift never loses a line", () => {
  const word = fc.oneof(
    fc.string(),
    moments.chain((at) => fc.constantFrom(...Object.values(forms).map((f) => f(at)))),
  );
  fc.assert(
    fc.property(fc.array(word), deltas, (words, delta) => {
      const text = words.join("\n");
      expect(shiftTimes(text, 0, recordedAt)).toBe(text);
      expect(shiftTimes(text, delta, recordedAt).split("\n")).toHaveLength(text.split("\n").length);
    }),
  );
});

test("order is kept", () => {
  fc.assert(
    fc.property(moments, moments, deltas, (one, other, delta) => {
      const moved = [one, other].map((at) => shiftTimes(at.toISOString(), delta, recordedAt));
      expect(Math.sign(Date.parse(moved[0] ?? "") - Date.parse(moved[1] ?? ""))).toBe(
        Math.sign(one.getTime() - other.getTime()),
      );
    }),
  );
});
