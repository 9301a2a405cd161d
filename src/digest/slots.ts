/** When the digest is due: once a week, at a local time. Pure: croner only computes here. */
import { Cron } from "croner";
import { localDate } from "./week.ts";

export interface Schedule {
  /** `monday` and so on. */
  readonly day: string;
  /** `09:00`, local. */
  readonly time: string;
  readonly timeZone: string;
}

export interface Slots {
  /** Today's, once it has come; one that was missed is made up for until the day ends. undefined: nothing is due. */
  readonly due: (now: Date) => Date | undefined;
  readonly next: (now: Date) => Date;
}

export function slotsOf({ day, time, timeZone }: Schedule): Slots {
  const [hour, minute] = time.split(":").map(Number);
  const cron = new Cron(`0 ${minute} ${hour} * * ${day.slice(0, 3)}`, { timezone: timeZone, paused: true });
  return {
    due: (now) => {
      // croner leaves out the reference itself and counts in seconds.
      const after = new Date((Math.floor(now.getTime() / 1000) + 1) * 1000);
      const slot = cron.previousRuns(1, after)[0];
      return slot && localDate(slot, timeZone) === localDate(now, timeZone) ? slot : undefined;
    },
    // A weekly time has a next one, whatever the zone does; a day later is asked again.
    next: (now) => cron.nextRun(now) ?? new Date(now.getTime() + 86_400_000),
  };
}
