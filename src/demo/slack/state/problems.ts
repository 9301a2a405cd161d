import type { Changes } from "./changes.ts";

/** What an app can do wrong, or can leave undone, that real Slack would refuse or show to the user. */
export type ProblemKind =
  | "operation_timeout"
  | "dispatch_failed"
  | "late_acknowledgement"
  | "acknowledged_twice"
  | "unknown_envelope"
  | "malformed_acknowledgement"
  | "refused_call"
  | "refused_response_url"
  | "no_fallback_text";

export interface Problem {
  readonly kind: ProblemKind;
  /** Where it happened: a Web API method, a command, an action or an event type. */
  readonly where: string;
  /** Slack's error code or a short remark. */
  readonly detail: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Problems {
  readonly add: (kind: ProblemKind, where: string, detail: string) => void;
  readonly list: () => readonly Problem[];
}

export function createProblems(now: () => number, changes: Changes): Problems {
  const problems: Problem[] = [];
  return {
    add: (kind, where, detail) => {
      problems.push({ kind, where, detail, at: now() });
      changes.notify();
    },
    list: () => [...problems],
  };
}
