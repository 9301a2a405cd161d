import type { Report } from "../report/report.ts";
import { clockTime } from "./time.ts";

/** When an answer was true: every message ends with it. */
export function asOf({ at, window }: Report): string {
  if (window) return `About ${stamp(window.from)} to ${stamp(window.until)} UTC; what is true now was not asked.`;
  return at === null ? "At a time that is not known." : `As of ${clockTime(at)} UTC.`;
}

/** `2026-11-21 03:15` */
const stamp = (iso: string): string => iso.slice(0, 16).replace("T", " ");
