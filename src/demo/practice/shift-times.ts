/**
 * Moves the time stamps in a recorded text, so that what was recorded then seems to happen now. Widths are kept where a
 * form has one; fractions and zones stay as printed, which is why the shift is rounded to whole seconds.
 */

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const day = `(?:${days.join("|")})`;
const month = `(?:${months.join("|")})`;
const clock = "\\d\\d:\\d\\d:\\d\\d";

/**
 * The forms, in one pass over the text:
 * - iso: `2026-11-21T02:11:27.5Z`, `2026-11-21 02:11:27+0000`, `2026/11/21 02:11:27`, systemd's `Sat 2026-11-21 02:11:27 UTC`
 * - named: `Nov 21 02:11:27`, `[Sat Nov 21 01:52:18 2026]`, `Nov 21 02:11:26 2026 GMT`, `Sat Nov 21 02:11:26 UTC 2026`
 * - http: `Sat, 21 Nov 2026 02:11:26 GMT`
 * - klog: `I1121 02:11:27.967390`
 * - epoch: `btime 1795227087`, a line that is only `1795227087.123` (date +%s), `@1795227087`, the end of a line of
 *   `stat -c %n|%F|%s|%a|%U:%G|%Y`, `"ts":1795227087.5`
 */
const stamp = new RegExp(
  [
    `(?<iso>\\b(?:(?<isoDay>${day}) )?(?<isoDate>\\d{4}([-/])\\d\\d\\4\\d\\d)(?<isoGap>[T ])(?<isoClock>${clock})(?!\\d))`,
    `(?<named>\\b(?:(?<day>${day}) )?(?<month>${month})(?<gap> {1,2})(?<date>\\d{1,2}) (?<clock>${clock})(?!\\d)` +
      `(?<fraction>\\.\\d{1,9})?(?<zone> (?:UTC|GMT))?(?: (?<year>(?:19|20)\\d\\d)\\b)?)`,
    `(?<http>\\b(?<httpDay>${day}), (?<httpDate>\\d\\d ${month} \\d{4}) (?<httpClock>${clock})(?= GMT))`,
    `(?<klog>\\b(?<level>[IWEF])(?<klogMonth>\\d\\d)(?<klogDate>\\d\\d) (?<klogClock>${clock})(?=\\.\\d{6}))`,
    "(?<epoch>\\b\\d{10}$(?<=(?:^|:)btime \\d{10}|^/[^|\\n]{1,4000}\\|[a-z ]{3,30}\\|\\d{1,15}\\|[0-7]{1,5}\\|[^|\\n]{1,130}\\|\\d{10}))",
    "(?<lone>\\b\\d{10}(?:(?<=^\\d{10})(?=(?:\\.\\d{1,9})?$)|" +
      '(?<=(?:^|[\\s="])@\\d{10}|"(?:ts|time|timestamp)":\\d{10})(?!\\d)))',
  ].join("|"),
  "gm",
);

/** A lone number is a time only if it lies near the recording: it might as well be a count of bytes. */
const nearMs = 400 * 86_400_000;

type Found = Readonly<Record<string, string | undefined>>;

/**
 * @param deltaMs how far to move, rounded to whole seconds; 0 changes nothing
 * @param recordedAtMs when the text was recorded, milliseconds since 1970: gives the year to stamps that carry none
 */
export function shiftTimes(text: string, deltaMs: number, recordedAtMs: number): string {
  const delta = Math.round(deltaMs / 1000) * 1000;
  if (delta === 0) return text;
  return text.replace(stamp, (whole: string, ...rest: unknown[]) => {
    const found = rest.at(-1) as Found;
    return shiftOne(whole, found, delta, recordedAtMs);
  });
}

/** Puts this time, rounded up to a whole second, in place of the one ISO or systemd stamp in a short text. */
export function beginAt(text: string, atMs: number): string {
  const [, date, time] = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/.exec(text) ?? [];
  const was = Date.parse(`${date}T${time}Z`);
  return Number.isFinite(was) ? shiftTimes(text, Math.ceil(atMs / 1000) * 1000 - was, was) : text;
}

function shiftOne(whole: string, found: Found, delta: number, recordedAt: number): string {
  if (found.iso !== undefined) return shiftIso(whole, found, delta);
  if (found.named !== undefined) return shiftNamed(whole, found, delta, recordedAt);
  if (found.http !== undefined) return shiftHttp(whole, found, delta);
  if (found.klog !== undefined) return shiftKlog(whole, found, delta, recordedAt);
  const at = Number(whole) * 1000;
  if (found.lone !== undefined && Math.abs(at - recordedAt) > nearMs) return whole;
  return String((at + delta) / 1000).padStart(whole.length, "0");
}

function shiftIso(whole: string, { isoDay, isoDate = "", isoGap = "", isoClock = "" }: Found, delta: number): string {
  const mark = isoDate[4] ?? "-";
  const at = Date.parse(`${isoDate.replaceAll("/", "-")}T${isoClock}Z`);
  if (!Number.isFinite(at)) return whole;
  const moved = new Date(at + delta);
  const [date = "", clockTime = ""] = moved.toISOString().slice(0, 19).split("T");
  return `${named(isoDay, moved)}${date.replaceAll("-", mark)}${isoGap}${clockTime}`;
}

function shiftNamed(whole: string, found: Found, delta: number, recordedAt: number): string {
  const { month: name = "", gap = " ", date = "", clock: time = "", fraction = "", zone = "", year } = found;
  const at = timeOf(year, months.indexOf(name), Number(date), time, recordedAt);
  if (at === null) return whole;
  const moved = new Date(at + delta);
  const width = gap.length - 1 + date.length;
  const shown = String(moved.getUTCDate()).padStart(width, date.startsWith("0") ? "0" : " ");
  const behind = year === undefined ? zone : whole.slice(whole.indexOf(time) + time.length + fraction.length);
  const years = year === undefined ? behind : behind.replace(year, String(moved.getUTCFullYear()));
  return `${named(found.day, moved)}${months[moved.getUTCMonth()]} ${shown} ${clockOf(moved)}${fraction}${years}`;
}

/** JavaScript's own UTC form is the one of HTTP. */
function shiftHttp(whole: string, { httpDate = "", httpClock = "" }: Found, delta: number): string {
  const at = Date.parse(`${httpDate} ${httpClock} GMT`);
  return Number.isFinite(at) ? new Date(at + delta).toUTCString().slice(0, whole.length) : whole;
}

function shiftKlog(whole: string, found: Found, delta: number, recordedAt: number): string {
  const { level = "", klogMonth, klogDate, klogClock = "" } = found;
  const at = timeOf(undefined, Number(klogMonth) - 1, Number(klogDate), klogClock, recordedAt);
  if (at === null) return whole;
  const moved = new Date(at + delta);
  return `${level}${two(moved.getUTCMonth() + 1)}${two(moved.getUTCDate())} ${clockOf(moved)}`;
}

/** Without a year, the one that brings the stamp nearest to the recording: December's lines are read in January. */
function timeOf(
  year: string | undefined,
  monthIndex: number,
  date: number,
  time: string,
  recordedAt: number,
): number | null {
  const recorded = new Date(recordedAt).getUTCFullYear();
  const years = year === undefined ? [recorded, recorded - 1, recorded + 1] : [Number(year)];
  const possible = years.flatMap((one) => {
    const at = Date.parse(`${one}-${two(monthIndex + 1)}-${two(date)}T${time}Z`);
    return Number.isFinite(at) && new Date(at).getUTCDate() === date ? [at] : [];
  });
  const [nearest] = possible.sort((one, other) => Math.abs(one - recordedAt) - Math.abs(other - recordedAt));
  return nearest ?? null;
}

function named(dayName: string | undefined, at: Date): string {
  return dayName === undefined ? "" : `${days[at.getUTCDay()]} `;
}

function clockOf(at: Date): string {
  return at.toISOString().slice(11, 19);
}

function two(count: number): string {
  return String(count).padStart(2, "0");
}
