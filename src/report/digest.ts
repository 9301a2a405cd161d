/**
 * What a week looked like: read by messages and by other programs (`node-why digest --json`). Its form is a contract:
 * fields are added, never renamed or taken away, within one `schema`. Times are ISO 8601 in UTC.
 *
 * An incident belongs to the week it opened in, with all that it cost, so that weeks add up. Minutes are NotReady as far
 * as was seen: from the node's own condition, else from when the incident opened, to the look that found it well, else to
 * the last that did not.
 */
export interface Digest {
  readonly schema: 1;
  /** `2026-W47`, an ISO week in `timezone`. */
  readonly week: string;
  readonly timezone: string;
  /** The first instant of the week, and the first after it. */
  readonly from: string;
  readonly to: string;
  /** Those that were asked about or had incidents, by name. */
  readonly clusters: readonly string[];
  readonly incidents: number;
  /** Different nodes that had them. */
  readonly nodes: number;
  readonly minutes: number;
  /** Of the week's incidents, those that nobody has seen end. */
  readonly open: number;
  /** This week and the four before, oldest first. */
  readonly weeks: readonly WeekCount[];
  /** The costliest first. An incident with two causes counts for both, so causes may add up to more than the week. */
  readonly causes: readonly DigestCause[];
  readonly repeatNodes: readonly RepeatNode[];
  readonly fixesNotHeld: readonly FixNotHeld[];
  /** Incidents whose cause nobody could name. */
  readonly unknown: number;
}

export interface WeekCount {
  readonly week: string;
  readonly incidents: number;
  readonly minutes: number;
}

export interface DigestCause {
  readonly cause: string;
  readonly title: string;
  readonly incidents: number;
  readonly nodes: number;
  readonly minutes: number;
  /** Means per week of the four weeks before. */
  readonly before: { readonly perWeek: number; readonly minutes: number };
  /** Of the incidents, against `before`; within a quarter it is the same. */
  readonly trend: "up" | "down" | "same" | "new";
  /** Not seen in the four weeks before. */
  readonly isNew: boolean;
  readonly shared: readonly Shared[];
  /** What the knowledge says keeps it from coming back; null: it names nothing. */
  readonly lastingFix: string | null;
}

/** Counts of nodes, each once, as it was last. */
export interface Shared {
  readonly attribute: string;
  readonly value: string;
  readonly withCause: number;
  /** Nodes with the cause of which the attribute is known. */
  readonly ofCause: number;
  /** The same of nodes that had other causes only, in these five weeks. */
  readonly withOthers: number;
  readonly ofOthers: number;
}

export interface RepeatNode {
  readonly cluster: string;
  readonly node: string;
  readonly incidents: number;
  /** In the four weeks before. */
  readonly before: number;
  readonly causes: readonly string[];
}

/** A fix that was verified, and whose cause was back on that node within a day. */
export interface FixNotHeld {
  readonly cluster: string;
  readonly node: string;
  readonly cause: string;
  readonly action: string;
  /** When it had been verified. */
  readonly at: string;
  readonly heldMinutes: number;
}
