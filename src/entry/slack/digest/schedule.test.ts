import { describe, expect, test } from "@jest/globals";
import { fakeClock } from "../../../../test/support/fake-clock.ts";
import { slotsOf } from "../../../digest/slots.ts";
import { Bug } from "../../../shared/errors.ts";
import type { Attempt } from "./post-once.ts";
import { startSchedule } from "./schedule.ts";

const hour = 3_600_000;
/** Monday at nine in UTC, which is the 23rd of November 2026. */
const slots = slotsOf({ day: "monday", time: "09:00", timeZone: "UTC" });

/** Attempts answer what `answers` holds, in order, and `posted` after that. */
function begin(at: string, answers: readonly (Attempt | Error)[] = []) {
  const clock = fakeClock(at);
  const weeks: string[] = [];
  const levels: string[] = [];
  const left = [...answers];
  const tell = (level: string) => (): void => void levels.push(level);
  const schedule = startSchedule({
    slots,
    timeZone: "UTC",
    clock,
    attempt: async (week) => {
      weeks.push(`${clock.now().toISOString().slice(0, 16)} ${week}`);
      const answer = left.shift() ?? { kind: "posted" };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    log: { debug: tell("debug"), info: tell("info"), warn: tell("warn"), error: tell("error") },
  });
  /** Hour by hour, as timers do; each step lets the attempt settle. */
  const pass = async (hours: number): Promise<void> => {
    for (let passed = 0; passed < hours * 4; passed += 1) {
      await settled();
      clock.advance(hour / 4);
    }
    await settled();
  };
  return { weeks, levels, pass, schedule };
}

const settled = async (): Promise<void> => {
  for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
};

const laterAt = (at: string): Attempt => ({ kind: "later", at: new Date(at), why: "Slack is away" });

describe("the digest's day", () => {
  test("one attempt a week, for the week that ended", async () => {
    const { weeks, pass, levels } = begin("2026-11-21T12:00:00.000Z");
    await pass(17 * 24);
    expect(weeks).toEqual(["2026-11-23T09:00 2026-W47", "2026-11-30T09:00 2026-W48", "2026-12-07T09:00 2026-W49"]);
    expect(levels).toEqual([]);
  });

  test("a bot that starts later that day makes up for it, on the next day it does not", async () => {
    const late = begin("2026-11-23T15:30:00.000Z");
    await late.pass(2);
    expect(late.weeks).toEqual(["2026-11-23T15:30 2026-W47"]);
    const tooLate = begin("2026-11-24T00:00:00.000Z");
    await tooLate.pass(24);
    expect(tooLate.weeks).toEqual([]);
  });

  test("what failed is tried again at the time it says, with a warning", async () => {
    const { weeks, levels, pass } = begin("2026-11-23T09:00:00.000Z", [
      laterAt("2026-11-23T09:15:00Z"),
      laterAt("2026-11-23T09:45:00Z"),
    ]);
    await pass(24);
    expect(weeks.map((week) => week.slice(11, 16))).toEqual(["09:00", "09:15", "09:45"]);
    expect(levels).toEqual(["warn", "warn"]);
  });

  test("another one at work is looked after silently", async () => {
    const { weeks, levels, pass } = begin("2026-11-23T09:00:00.000Z", [
      { kind: "held", at: new Date("2026-11-23T09:15:00Z") },
      { kind: "ended" },
    ]);
    await pass(24);
    expect(weeks).toHaveLength(2);
    expect(levels).toEqual([]);
  });

  test("a day that ends without a digest is an error, and next week comes all the same", async () => {
    const { weeks, levels, pass } = begin("2026-11-23T23:45:00.000Z", [laterAt("2026-11-24T00:00:00Z")]);
    await pass(7 * 24);
    expect(weeks).toEqual(["2026-11-23T23:45 2026-W47", "2026-11-30T09:00 2026-W48"]);
    expect(levels).toEqual(["error"]);
  });

  test("a bug in one attempt does not end the schedule", async () => {
    const { weeks, levels, pass } = begin("2026-11-23T09:00:00.000Z", [new Bug("x")]);
    await pass(1);
    expect(weeks).toHaveLength(2);
    expect(levels).toContain("error");
  });

  test("after stop nothing is tried any more", async () => {
    const { weeks, pass, schedule } = begin("2026-11-23T08:00:00.000Z");
    await schedule.stop();
    await pass(24);
    expect(weeks).toEqual([]);
  });
});
