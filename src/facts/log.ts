/** The streams a log pattern can look into. `other` is text of commands that no probe knows. */
export const streams = ["kubelet", "runtime", "kernel", "system", "events", "conditions", "pods", "other"] as const;
export type Stream = (typeof streams)[number];

export interface LogLine {
  readonly stream: Stream;
  /** The line as it was read, redacted, without its line end. */
  readonly text: string;
  /** When it was written, milliseconds since 1970 UTC; null where it carries no stamp that can be read. */
  readonly at: number | null;
  /** Position in its stream. */
  readonly order: number;
  /** Program and pid as the journal names them (`kubelet`, 77); null where not shown. */
  readonly program: string | null;
  readonly pid: number | null;
  /** Where it was read: a probe's id or the command's text. */
  readonly where: string;
  /** From an earlier boot or an earlier life of the unit that wrote it: it ranks and never confirms. */
  readonly history: boolean;
}

/** All lines of one stream. `complete` false: a pattern that is not found proves nothing. */
export interface LogStream {
  readonly stream: Stream;
  readonly lines: readonly LogLine[];
  readonly complete: boolean;
  /** Why it is not complete or not there, for the list of what could not be read. */
  readonly gap: string | null;
}
