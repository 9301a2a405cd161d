import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { dateStamp, epochStamp, httpStamp, isoStamp, mailStamp, opensslStamp, systemdStamp } from "./stamp.ts";

describe("stamps", () => {
  test.each<[string, (text: string) => string | undefined, string, string | undefined]>([
    ["systemd", systemdStamp, "Sat 2026-11-21 02:11:27 UTC", "2026-11-21T02:11:27Z"],
    ["systemd, microseconds", systemdStamp, "Sat 2026-11-21 02:11:27.123456 UTC", "2026-11-21T02:11:27Z"],
    ["systemd, offset", systemdStamp, "Sat 2026-11-21 02:11:27 +0530", "2026-11-20T20:41:27Z"],
    ["systemd, half an offset", systemdStamp, "Sat 2026-11-21 02:11:27 +05", "2026-11-20T21:11:27Z"],
    ["systemd, a name many zones have", systemdStamp, "Thu 2022-06-02 18:42:33 IST", undefined],
    ["systemd, never", systemdStamp, "n/a", undefined],
    ["openssl", opensslStamp, "Nov 21 02:11:26 2026 GMT", "2026-11-21T02:11:26Z"],
    ["openssl, one digit", opensslStamp, "Aug  5 10:13:49 2019 GMT", "2019-08-05T10:13:49Z"],
    ["openssl, no such day", opensslStamp, "Foo 21 02:11:26 2026 GMT", undefined],
    ["date", dateStamp, "Sat Nov 21 02:12:12 UTC 2026", "2026-11-21T02:12:12Z"],
    ["date, with AM", dateStamp, "Sat Nov 21 02:12:12 AM UTC 2026", "2026-11-21T02:12:12Z"],
    ["http", httpStamp, "Sat, 21 Nov 2026 14:10:31 GMT", "2026-11-21T14:10:31Z"],
    ["kubectl describe", mailStamp, "Tue, 18 Oct 2016 02:09:49 -0400", "2016-10-18T06:09:49Z"],
    ["epoch", epochStamp, "1795266106", "2026-11-21T13:01:46Z"],
    ["API", isoStamp, "2026-11-21T02:12:03.399985Z", "2026-11-21T02:12:03.399Z"],
    ["API, no such month", isoStamp, "2026-99-21T02:12:03Z", undefined],
  ])("%s", (_, read, text, stamp) => {
    expect(read(text)).toBe(stamp);
  });

  test("any text gives a UTC stamp or nothing", () => {
    const readers = [systemdStamp, opensslStamp, dateStamp, httpStamp, mailStamp, epochStamp, isoStamp];
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...readers), (text, read) => {
        expect(read(text) ?? "1970-01-01T00:00:00Z").toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
      }),
    );
  });

  test("systemd stamps survive the way there and back", () => {
    const whole = fc.integer({ min: 0, max: 4_102_444_800 });
    fc.assert(
      fc.property(whole, (seconds) => {
        const stamp = new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
        expect(systemdStamp(`Mon ${stamp.replace("T", " ").replace("Z", " UTC")}`)).toBe(stamp);
      }),
    );
  });
});
