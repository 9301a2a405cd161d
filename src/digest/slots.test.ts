import { describe, expect, test } from "@jest/globals";
import { slotsOf } from "./slots.ts";

const berlin = slotsOf({ day: "monday", time: "09:00", timeZone: "Europe/Berlin" });

describe("when the digest is due", () => {
  test.each([
    ["a moment before", "2026-11-23T07:59:59.999Z", undefined],
    ["at its time", "2026-11-23T08:00:00.000Z", "2026-11-23T08:00:00.000Z"],
    ["missed in the morning, started at noon", "2026-11-23T11:00:00.000Z", "2026-11-23T08:00:00.000Z"],
    ["until the local day ends", "2026-11-23T22:59:59.000Z", "2026-11-23T08:00:00.000Z"],
    ["not on the next day", "2026-11-23T23:00:00.000Z", undefined],
    ["in summer an hour earlier", "2026-07-06T07:00:00.000Z", "2026-07-06T07:00:00.000Z"],
  ])("%s", (_what, now, slot) => {
    expect(berlin.due(new Date(now))?.toISOString()).toBe(slot);
  });

  test("the next one is after now, at the same local time over the end of summer time", () => {
    expect(berlin.next(new Date("2026-10-19T07:00:00Z")).toISOString()).toBe("2026-10-26T08:00:00.000Z");
  });

  test("a time that the clock jumps over comes all the same", () => {
    const sunday = slotsOf({ day: "sunday", time: "02:30", timeZone: "Europe/Berlin" });
    const slot = sunday.next(new Date("2026-03-28T12:00:00Z"));
    expect(slot.toISOString().slice(0, 10)).toBe("2026-03-29");
    expect(sunday.due(slot)).toEqual(slot);
  });
});
