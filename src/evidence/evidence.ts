/**
 * Evidence is the raw answer to one question, with its source and time. It is what a bundle saves
 * and what everything after it is computed from: the same evidence gives the same report, always.
 */

/** Where an answer came from, best first; the order also decides which of two equal facts is used. */
export const sources = [
  "kubernetes",
  "ssh",
  "kubelet-api",
  "pod-exec",
  "local",
  "cloud",
  "metrics",
  "logs",
  "case",
] as const;
export type Source = (typeof sources)[number];

/** Why there is no answer. `not-shown`: a case or bundle does not hold it. `hung`: it began and never ended. */
export const unavailableReasons = [
  "not-shown",
  "not-configured",
  "not-asked",
  "refused",
  "unreachable",
  "timed-out",
  "hung",
  "unauthenticated",
  "forbidden",
  "sudo-refused",
  "host-key-unknown",
  "host-key-changed",
  "tool-missing",
  "cut-off",
  "unreadable",
] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

/** What was printed. `excerpt`: somebody chose these lines, so what is not in them may still be so. */
export interface Value {
  readonly kind: "value";
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  /** Cut at the probe's byte limit. */
  readonly truncated: boolean;
  readonly excerpt: boolean;
}

/** Asked and answered: the thing is not there (no such Node object, no such file). */
export interface Absent {
  readonly kind: "absent";
  readonly detail: string;
}

export interface Unavailable {
  readonly kind: "unavailable";
  readonly reason: UnavailableReason;
  readonly detail: string;
  /** What to grant or configure so that it can be read next time. */
  readonly grant?: string;
}

export type Answer = Value | Absent | Unavailable;

export interface Evidence {
  /** Id of the probe that asked; `text` for an output no probe knows. */
  readonly probe: string;
  readonly source: Source;
  /** The exact question: an argv array, or ["GET", path]. */
  readonly asked: readonly string[];
  /** When the answer was complete, ISO 8601 UTC; null where a case does not say. */
  readonly at: string | null;
  /** How long it took, milliseconds. */
  readonly tookMs: number;
  readonly answer: Answer;
}

/** The time that was asked about, ISO 8601 UTC, where that is not now. */
export interface Window {
  readonly from: string;
  readonly until: string;
}

/** Everything that was read about one node at one time: the content of a bundle. */
export interface EvidenceSet {
  readonly schema: 1;
  readonly node: string | null;
  readonly cluster: string | null;
  /** When collecting began, ISO 8601 UTC; null: unknown, and rules that compare with now are unknown. */
  readonly at: string | null;
  /** The year of stamps that carry none. */
  readonly year: number | null;
  /** Set where the past was asked about: only logs and records were read, and only these hours of them. */
  readonly window?: Window;
  /** What was masked where the evidence came in: the mask's name and how often it applied. */
  readonly masked?: Readonly<Record<string, number>>;
  readonly items: readonly Evidence[];
}

export function value(stdout: string, more: Partial<Omit<Value, "kind" | "stdout">> = {}): Value {
  return { kind: "value", stdout, stderr: "", exitCode: 0, truncated: false, excerpt: false, ...more };
}

export function absent(detail: string): Absent {
  return { kind: "absent", detail };
}

export function unavailable(reason: UnavailableReason, detail: string, grant?: string): Unavailable {
  return grant === undefined ? { kind: "unavailable", reason, detail } : { kind: "unavailable", reason, detail, grant };
}
