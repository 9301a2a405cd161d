import type { Source, Unavailable } from "../evidence/evidence.ts";

/** One line of a table-like fact: a mount, a certificate, a listening port. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A fact's value. Times are ISO 8601 strings in UTC, sizes are in the unit the vocabulary names,
 * shares are percentages from 0 to 100.
 */
export type FactValue = string | number | boolean | readonly string[] | readonly Row[];

export const factTypes = ["string", "number", "boolean", "time", "list", "rows"] as const;
export type FactType = (typeof factTypes)[number];

/** The vocabulary's entry for one fact: what a rule may ask of it and what a reader should know. */
export interface FactSpec {
  readonly type: FactType;
  /** What it says, in one sentence. */
  readonly says: string;
  readonly unit?: string;
  /** The closed list of values of a string fact, where there is one. */
  readonly values?: readonly string[];
  /** Column names of a `rows` fact. */
  readonly columns?: readonly string[];
}

export type Vocabulary = ReadonlyMap<string, FactSpec>;

/** What is known of one fact. `absent` means asked and not there; `unavailable` means nobody can say. */
export type FactState = KnownFact | AbsentFact | UnavailableFact;

export interface KnownFact {
  readonly kind: "value";
  readonly value: FactValue;
  readonly from: FactSource;
  /** The line of the answer that shows it, for the reader's eyes. */
  readonly line: string | null;
  /** A time inside the fact that says since when it holds (ISO); never the time of asking. */
  readonly since: string | null;
}

export interface AbsentFact {
  readonly kind: "absent";
  readonly detail: string;
  readonly from: FactSource;
}

export interface UnavailableFact {
  readonly kind: "unavailable";
  readonly why: Unavailable;
  readonly from: FactSource | null;
}

export interface FactSource {
  readonly probe: string;
  readonly source: Source;
  readonly asked: readonly string[];
  readonly at: string | null;
}
