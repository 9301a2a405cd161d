import type { Window } from "../../evidence/evidence.ts";

/** The journal of this boot with stamps in UTC; `-q` leaves out journalctl's own remarks. */
export const journal = ["journalctl", "--utc", "-o", "short-iso", "--no-pager", "-q", "-b"] as const;

/** What units wrote in this boot; units that do not exist add nothing. */
export function journalOf(units: readonly string[]): readonly string[] {
  return [...journal, "-n", "20000", ...units.flatMap((unit) => ["-u", unit])];
}

/** The same without a boot, of some hours: `@seconds` is the one form that every systemd reads as UTC. */
export function journalWithin({ from, until }: Window, ...more: readonly string[]): readonly string[] {
  const seconds = (stamp: string): string => `@${Math.floor(Date.parse(stamp) / 1000)}`;
  const [, ...words] = journal.slice(0, -1);
  return ["journalctl", ...words, `--since=${seconds(from)}`, `--until=${seconds(until)}`, "-n", "20000", ...more];
}

/** What units wrote in some hours of the past. */
export function journalOfWithin(units: readonly string[]): (window: Window) => readonly string[] {
  return (window) => journalWithin(window, ...units.flatMap((unit) => ["-u", unit]));
}

/** `Nov 21 02:11:59 n3 kubelet[77]: …` and `2026-11-21T02:11:59+0000 n3 systemd[1]: …`. */
const journalLine =
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,20}) \S{1,120} ([^\s[:]{1,60})(?:\[\d{1,10}\])?: /;

/**
 * The journal lines within other text (`systemctl status` ends with some) that these programs wrote, or that name one
 * of their units, as systemd's own lines do.
 */
export function journalLines(lines: readonly string[], programs: RegExp, units: readonly string[]): string {
  return lines
    .filter((line) => {
      const program = journalLine.exec(line)?.[1];
      if (program === undefined) return false;
      return programs.test(program) || (program === "systemd" && units.some((unit) => line.includes(unit)));
    })
    .join("\n");
}
