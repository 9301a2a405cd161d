import { describe, expect, test } from "@jest/globals";
import { digestSchema } from "./digest.ts";

describe("when the digest is posted", () => {
  test("Monday at nine in UTC, where nothing is said", () => {
    expect(digestSchema.parse({})).toEqual({ day: "monday", time: "09:00", timezone: "UTC" });
  });

  test.each([
    { day: "never" },
    { day: "friday", time: "23:59", timezone: "Europe/Berlin", channel: "#weekly" },
    { timezone: "America/Argentina/Buenos_Aires" },
  ])("%j is read", (given) => {
    expect(digestSchema.parse(given)).toMatchObject(given);
  });

  test.each([
    { day: "Monday" },
    { day: "1" },
    { time: "9:00" },
    { time: "24:00" },
    { time: 540 },
    { timezone: "Berlin" },
    { timezone: "" },
    { channel: "" },
    { weekday: "monday" },
  ])("%j is refused", (given) => {
    expect(digestSchema.safeParse(given).success).toBe(false);
  });
});
