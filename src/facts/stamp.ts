/**
 * When a log line was written. Only a stamp at the beginning of the line counts (behind syslog
 * and journal prefixes); dates inside messages, certificates and outputs never do.
 */

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** ISO 8601 with `T`, blank or comma fractions, with or without zone: journal short-iso, dmesg, containerd, events. */
const iso = /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|UTC|[+-]\d\d:?\d\d)?/;
/** syslog and journal short: `Nov 21 02:11:27`, `Dec  4 08:09:02.123`, sometimes with the year behind. */
const syslog = /^([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?/;
/** `dmesg -T`: `[Sat Nov 21 01:52:18 2026] …`. */
const dmesg = /^\[[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})\]/;
/** klog: `E1121 02:11:27.967390`, month and day without a year. */
const klog = /^[IWEF](\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6})/;
/** logfmt and JSON with a time field in front. */
const field = /^(?:time="|\{"(?:ts|time|timestamp|@timestamp)":")([^"]+)"/;
const epochField = /^\{"(?:ts|time|timestamp)":(\d{10,13}(?:\.\d+)?)/;

/** Milliseconds since 1970 UTC, or null. A stamp without a year takes the given one. */
export function stampOf(text: string, year: number | null): number | null {
  const line = text.trimStart();
  return (
    fromIso(iso.exec(line)) ??
    fromDmesg(dmesg.exec(line)) ??
    fromSyslog(syslog.exec(line), year) ??
    fromKlog(klog.exec(line), year) ??
    fromField(line)
  );
}

/** The stamp that the program itself wrote behind the journal's prefix is finer; the prefix is enough for order. */
function fromIso(found: RegExpExecArray | null): number | null {
  if (!found) return null;
  const [, y, mo, d, h, mi, s, fraction, zone] = found;
  const at = utc(Number(y), Number(mo) - 1, Number(d), h, mi, s, fraction);
  return at === null ? null : at - zoneOffset(zone);
}

function zoneOffset(zone: string | undefined): number {
  const found = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? "");
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === "-" ? -1 : 1) * minutes * 60_000;
}

function fromDmesg(found: RegExpExecArray | null): number | null {
  if (!found) return null;
  const [, month, d, h, mi, s, y] = found;
  return utc(Number(y), months.indexOf((month ?? "").toLowerCase()), Number(d), h, mi, s, undefined);
}

function fromSyslog(found: RegExpExecArray | null, year: number | null): number | null {
  if (!found || year === null) return null;
  const [, month, d, h, mi, s, fraction] = found;
  return utc(year, months.indexOf((month ?? "").toLowerCase()), Number(d), h, mi, s, fraction);
}

function fromKlog(found: RegExpExecArray | null, year: number | null): number | null {
  if (!found || year === null) return null;
  const [, mo, d, h, mi, s, fraction] = found;
  return utc(year, Number(mo) - 1, Number(d), h, mi, s, fraction);
}

function fromField(line: string): number | null {
  const epoch = epochField.exec(line)?.[1];
  if (epoch) return Math.round(Number(epoch) * (epoch.split(".")[0]?.length === 13 ? 1 : 1000));
  const quoted = field.exec(line)?.[1];
  return quoted ? fromIso(iso.exec(quoted)) : null;
}

function utc(
  y: number,
  month: number,
  d: number,
  h: string | undefined,
  mi: string | undefined,
  s: string | undefined,
  fraction: string | undefined,
): number | null {
  if (month < 0 || month > 11 || d < 1 || d > 31) return null;
  const millis = fraction ? Math.floor(Number(`0.${fraction}`) * 1000) : 0;
  const at = Date.UTC(y, month, d, Number(h), Number(mi), Number(s), millis);
  return Number.isFinite(at) ? at : null;
}
