/** ISO weeks (Monday to Sunday, the year of their Thursday) in a time zone. Pure: time comes in. */
import { OperatorError } from "../shared/errors.ts";

export interface Week {
  readonly year: number;
  /** 1 to 53. */
  readonly week: number;
}

/** From the first instant of Monday to the first instant of the next Monday, in local time. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

const dayMs = 86_400_000;

/** `2026-W47`; `2026-w47` and `2026W47` are read too. OperatorError where there is no such week. */
export function parseWeek(text: string): Week {
  const read = /^([12]\d{3})-?w(\d{1,2})$/i.exec(text.trim());
  const week = { year: Number(read?.[1]), week: Number(read?.[2]) };
  // Week 53 of a year that has 52 is week 1 of the next.
  if (read && week.week >= 1 && weekId(weekOfDay(monday(week))) === weekId(week)) return week;
  throw new OperatorError(`${text.slice(0, 40)} is no week`, [
    "Write the year and the ISO week, as in 2026-W47; a year has 52 or 53.",
  ]);
}

export function weekId({ year, week }: Week): string {
  return `${String(year).padStart(4, "0")}-W${String(week).padStart(2, "0")}`;
}

/** The week that this instant is in, where `timeZone` is kept. */
export function weekAt(instant: Date, timeZone: string): Week {
  return weekOfDay(localDay(instant, timeZone));
}

export function weeksBefore(week: Week, count: number): Week {
  return weekOfDay(monday(week) - count * 7 * dayMs);
}

/** The newest week that was over at `now`. */
export function lastFullWeek(now: Date, timeZone: string): Week {
  return weeksBefore(weekAt(now, timeZone), 1);
}

export function spanOf(week: Week, timeZone: string): Span {
  return { from: startOfDay(monday(week), timeZone), to: startOfDay(monday(week) + 7 * dayMs, timeZone) };
}

/** `2026-11-16` of the instant, where `timeZone` is kept. */
export function localDate(instant: Date, timeZone: string): string {
  return new Date(localDay(instant, timeZone)).toISOString().slice(0, 10);
}

/** Days are kept as the UTC midnight of the same date: a number without a zone. */
type Day = number;

function monday({ year, week }: Week): Day {
  // The 4th of January is in week 1 of its year, always.
  const fourth = Date.UTC(year, 0, 4);
  return fourth - weekday(fourth) * dayMs + (week - 1) * 7 * dayMs;
}

function weekOfDay(day: Day): Week {
  const thursday = day + (3 - weekday(day)) * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  return { year, week: 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) };
}

/** 0 is Monday. */
const weekday = (day: Day): number => (new Date(day).getUTCDay() + 6) % 7;

/** The earliest instant of the day: clocks that jump over midnight have a day that begins later. */
function startOfDay(day: Day, timeZone: string): Date {
  // No zone is further from UTC than this.
  let [before, since] = [day - 15 * 3_600_000, day + 15 * 3_600_000];
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (localDay(new Date(middle), timeZone) >= day) since = middle;
    else before = middle;
  }
  return new Date(since);
}

const dateOnly = { calendar: "gregory", year: "numeric", month: "numeric", day: "numeric" } as const;
/** Making one costs a thousand times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function localDay(instant: Date, timeZone: string): Day {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, ...dateOnly });
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.get("year") ?? 0, (parts.get("month") ?? 1) - 1, parts.get("day") ?? 1);
}
