import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { OperatorError } from "../shared/errors.ts";
import { lastFullWeek, localDate, parseWeek, spanOf, weekAt, weekId, weeksBefore } from "./week.ts";

const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Africa/Cairo"];
const zone = fc.constantFrom(...zones);
const instant = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });

const spanText = (week: string, timeZone: string) => {
  const { from, to } = spanOf(parseWeek(week), timeZone);
  return [from.toISOString(), to.toISOString()];
};

describe("ISO weeks", () => {
  test.each([
    ["2026-11-21T12:00:00Z", "UTC", "2026-W47"],
    ["2026-11-22T23:30:00Z", "UTC", "2026-W47"],
    ["2026-11-22T23:30:00Z", "Europe/Berlin", "2026-W48"],
    ["2026-11-23T03:30:00Z", "America/New_York", "2026-W47"],
    ["2027-01-01T12:00:00Z", "UTC", "2026-W53"],
    ["2024-12-30T12:00:00Z", "UTC", "2025-W01"],
    ["2023-01-01T12:00:00Z", "UTC", "2022-W52"],
  ])("%s in %s is in %s", (at, timeZone, week) => {
    expect(weekId(weekAt(new Date(at), timeZone))).toBe(week);
  });

  test.each([
    ["a usual one", "2026-W47", "UTC", "2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
    ["of a zone", "2026-W47", "Europe/Berlin", "2026-11-15T23:00:00.000Z", "2026-11-22T23:00:00.000Z"],
    [
      "an hour longer when summer time ends",
      "2026-W43",
      "Europe/Berlin",
      "2026-10-18T22:00:00.000Z",
      "2026-10-25T23:00:00.000Z",
    ],
    ["the 53rd", "2026-W53", "UTC", "2026-12-28T00:00:00.000Z", "2027-01-04T00:00:00.000Z"],
    // Summer time began on this Monday at midnight, so there was no 00:00.
    [
      "whose midnight does not exist",
      "2021-W12",
      "Asia/Tehran",
      "2021-03-21T20:30:00.000Z",
      "2021-03-28T19:30:00.000Z",
    ],
  ])("the span of %s", (_what, week, timeZone, from, to) => {
    expect(spanText(week, timeZone)).toEqual([from, to]);
  });

  test("a day whose midnight was left out begins at its first instant", () => {
    // Asia/Beirut went from Saturday 23:59:59 to Sunday 01:00 on 2022-03-27, so Sunday began at 22:00 UTC.
    expect(localDate(new Date("2022-03-26T22:00:00Z"), "Asia/Beirut")).toBe("2022-03-27");
    expect(localDate(new Date("2022-03-26T21:59:59Z"), "Asia/Beirut")).toBe("2022-03-26");
  });

  test.each(["2026-W54", "2025-W53", "2026-W00", "2026", "47", "", "0000-W01", "2026-W47; drop", "last"])(
    "%p is refused",
    (text) => {
      expect(() => parseWeek(text)).toThrow(OperatorError);
    },
  );

  test.each(["2026-W47", "2026-w47", "2026W47", " 2026-W47 "])("%p is read", (text) => {
    expect(parseWeek(text)).toEqual({ year: 2026, week: 47 });
  });

  test("every instant is in the span of its week, weeks touch, and what is written is read back", () => {
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        const week = weekAt(at, timeZone);
        const { from, to } = spanOf(week, timeZone);
        expect(at.getTime()).toBeGreaterThanOrEqual(from.getTime());
        expect(at.getTime()).toBeLessThan(to.getTime());
        expect(spanOf(weeksBefore(week, -1), timeZone).from).toEqual(to);
        expect(parseWeek(weekId(week))).toEqual(week);
        expect(lastFullWeek(at, timeZone)).toEqual(weeksBefore(week, 1));
      }),
    );
  });
});
