import type { Answer, Evidence } from "../evidence/evidence.ts";
import type { FactSpec, FactValue } from "./fact.ts";
import type { Stream } from "./log.ts";

/** What one answer says about one fact. */
export interface Reading {
  readonly value: FactValue;
  /** The line that shows it; left out, the report quotes the command alone. */
  readonly line?: string;
  /** A stamp inside the answer that says since when it holds, ISO 8601. */
  readonly since?: string;
}

/** `null` as a reading means: asked, answered, and not there. Facts left out are unavailable. */
export interface Readings {
  readonly facts?: Readonly<Record<string, Reading | FactValue | null>>;
  /** Raw log text by stream, one line per line. */
  readonly logs?: Readonly<Partial<Record<Stream, string>>>;
}

export interface ReadContext {
  /** When collecting began, ISO; null: not known. */
  readonly at: string | null;
  /** The year for stamps without one. */
  readonly year: number | null;
  readonly asked: readonly string[];
  readonly evidenceAt: string | null;
  readonly node: string | null;
}

/**
 * Turns one raw answer into facts and log text. Pure: the same answer gives the same readings.
 * It is called for values and for `unavailable(hung)`, since a hang is itself an observation;
 * the facts of any other unavailable answer are unavailable for the same reason.
 */
export interface Reader {
  readonly id: string;
  readonly provides: Readonly<Record<string, FactSpec>>;
  /** The streams this reader fills, so that an unavailable answer leaves them incomplete. */
  readonly streams?: readonly Stream[];
  /**
   * Whether a command as somebody typed it (`df -h`, `systemctl show kubelet`) is this reader's question.
   * `words` is the command split at blanks, without sudo, timeout and environment words before it.
   */
  readonly recognises?: (words: readonly string[], text: string) => boolean;
  readonly read: (answer: Answer, context: ReadContext) => Readings;
}

/** A fact computed from other facts: an age, a difference, the role of a mount. */
export interface Derivation {
  readonly id: string;
  readonly needs: readonly string[];
  readonly provides: Readonly<Record<string, FactSpec>>;
  /** Facts that are not known are simply not in `known`; return only what follows from what is. */
  readonly derive: (
    known: ReadonlyMap<string, FactValue>,
    context: { readonly at: string | null },
  ) => Readonly<Record<string, Reading | FactValue | null>>;
}

export interface Readers {
  readonly readers: readonly Reader[];
  readonly derivations: readonly Derivation[];
}

/** The part of an evidence item a reader may be chosen by. */
export type Asked = Pick<Evidence, "probe" | "asked">;
