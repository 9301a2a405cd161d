import { isoStamp } from "./stamp.ts";

/** One line of `find … -printf '%T@|%u|%y|%s|%p\n'`. */
export interface Found {
  /** When it was last written, ISO 8601 UTC. */
  readonly at: string;
  readonly owner: string;
  /** find's letter: `f` file, `d` folder, `l` link. */
  readonly kind: string;
  readonly bytes: number;
  readonly path: string;
}

/** The words that make find print what `foundIn` reads. */
export const printFound = ["-printf", "%T@|%u|%y|%s|%p\\n"] as const;

export function foundIn(lines: readonly string[]): readonly Found[] {
  return lines.flatMap((line) => {
    const parts = /^(\d{1,11})(?:\.\d{1,12})?\|([^|]{1,64})\|([a-zA-Z])\|(\d{1,15})\|(\/.{1,4000})$/.exec(line);
    const [, seconds, owner = "", kind = "", bytes, path = ""] = parts ?? [];
    const at = secondsStamp(Number(seconds));
    return parts === null || at === undefined ? [] : [{ at, owner, kind, bytes: Number(bytes), path }];
  });
}

/** Seconds since 1970; undefined where they are no date that ISO 8601 writes with four digits. */
export function secondsStamp(seconds: number): string | undefined {
  const date = new Date(Math.floor(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : isoStamp(date.toISOString());
}
