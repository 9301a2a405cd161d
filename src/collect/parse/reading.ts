import type { FactValue } from "../../facts/fact.ts";
import type { Reading } from "../../facts/reader.ts";

export type Facts = Readonly<Record<string, Reading | FactValue | null>>;

/** A reading with the line that shows it and, where the answer says so, since when it holds. */
export function shown(value: FactValue, line?: string | undefined, since?: string | null): Reading {
  return {
    value,
    ...(line === undefined ? {} : { line: line.trim() }),
    ...(since === undefined || since === null ? {} : { since }),
  };
}

/** Drops what the answer does not show (`undefined`); `null` stays, it means asked and not there. */
export function facts(known: Readonly<Record<string, Reading | FactValue | null | undefined>>): Facts {
  return Object.fromEntries(Object.entries(known).filter(([, reading]) => reading !== undefined)) as Facts;
}

/** A whole number, or undefined for anything else. */
export function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A decimal number, or undefined for anything else. */
export function decimal(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}(\.\d{1,12})?$/.test(text) ? Number(text) : undefined;
}

export function percent(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.round((part / whole) * 1000) / 10 : undefined;
}
