import ms from "ms";
import type { Window } from "../evidence/evidence.ts";

const beforeMs = 6 * 60 * 60_000;
const afterMs = 15 * 60_000;

/**
 * The hours to look at for a time in the past: six before it, a quarter of an hour after. `text` is an ISO time (UTC where
 * it names no zone), a time of day (the last such, UTC), or how long ago (`90m`, `2h`, `3d`). null: none of these, or
 * not in the past.
 */
export function windowAt(text: string, now: Date): Window | null {
  const at = momentIn(text.trim(), now);
  if (at === null || at > now.getTime()) return null;
  return {
    from: new Date(at - beforeMs).toISOString(),
    until: new Date(Math.min(at + afterMs, now.getTime())).toISOString(),
  };
}

function momentIn(text: string, now: Date): number | null {
  if (/^\d{1,5} ?[smhd]$/.test(text)) return now.getTime() - (ms(text as ms.StringValue) ?? 0);
  if (/^\d\d:\d\d(:\d\d)?$/.test(text)) {
    const today = Date.parse(`${now.toISOString().slice(0, 10)}T${text}Z`);
    return today > now.getTime() ? today - 86_400_000 : numberOrNull(today);
  }
  const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  return iso ? numberOrNull(Date.parse(`${iso[1]}T${iso[2]}${iso[3] ?? "Z"}`)) : null;
}

const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
