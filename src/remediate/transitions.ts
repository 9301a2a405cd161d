import { Bug } from "../shared/errors.ts";
import type { NodeNow } from "./node-now.ts";
import { type Judged, mostOutput, type Outcome, type Remediation, type State, type StepRun } from "./remediation.ts";
import type { Check } from "./verify.ts";

/** Pure steps from one state of a remediation to the next. What is not listed cannot happen. */
const allowed: Readonly<Record<State, readonly State[]>> = {
  proposed: ["confirmed", "refused", "expired"],
  confirmed: ["running", "refused", "failed", "interrupted"],
  running: ["verifying", "failed", "interrupted"],
  verifying: ["succeeded", "failed", "interrupted"],
  succeeded: [],
  failed: [],
  refused: [],
  expired: [],
  interrupted: [],
};

function moved(from: Remediation, state: State, by: string, now: Date): Remediation {
  if (!allowed[from.state].includes(state)) throw new Bug(`${from._id} cannot go from ${from.state} to ${state}`);
  return { ...from, state, transitions: [...from.transitions, { at: now.toISOString(), state, by }] };
}

export function confirmed(from: Remediation, by: string, now: Date): Remediation {
  return { ...moved(from, "confirmed", by, now), confirmedAt: now.toISOString(), confirmedBy: by, news: "owed" };
}

/** All checks passed; from here on steps may be begun. */
export function running(from: Remediation, before: NodeNow, by: string, now: Date): Remediation {
  return { ...moved(from, "running", by, now), nodeBefore: before };
}

/** Written before the command is sent. A step that was begun once is never begun again. */
export function stepStarted(from: Remediation, id: string, now: Date): Remediation {
  if (from.state !== "running") throw new Bug(`${from._id} is ${from.state}: no step may begin`);
  if (from.steps.some((step) => step.id === id)) throw new Bug(`step ${id} of ${from._id} was begun before`);
  if (!from.plan.some((step) => step.id === id)) throw new Bug(`${from._id} has no step ${id}`);
  const started: StepRun = {
    id,
    state: "started",
    startedAt: now.toISOString(),
    endedAt: null,
    tookMs: null,
    exitCode: null,
    output: "",
    says: "",
  };
  return { ...from, ran: true, steps: [...from.steps, started] };
}

export interface StepEnd {
  readonly state: "done" | "failed" | "unknown" | "not-run";
  readonly exitCode: number | null;
  readonly output: string;
  readonly says: string;
  readonly tookMs: number;
}

export function stepEnded(from: Remediation, id: string, end: StepEnd, now: Date): Remediation {
  const endedAt = now.toISOString();
  const output = end.output.slice(0, mostOutput);
  const says = end.says.slice(0, 2_000);
  const steps = from.steps.map((step) => (step.id === id ? { ...step, ...end, output, says, endedAt } : step));
  const ran = steps.some(({ state }) => state !== "not-run" && state !== "skipped");
  return { ...from, ran, steps };
}

/** It was not needed. */
export function stepSkipped(from: Remediation, id: string, says: string, now: Date): Remediation {
  const at = now.toISOString();
  const skipped: StepRun = {
    id,
    state: "skipped",
    startedAt: at,
    endedAt: at,
    tookMs: 0,
    exitCode: null,
    output: "",
    says,
  };
  return { ...from, steps: [...from.steps, skipped] };
}

export function verifying(from: Remediation, by: string, now: Date): Remediation {
  return moved(from, "verifying", by, now);
}

export interface Ending {
  readonly state: "succeeded" | "failed" | "refused" | "expired" | "interrupted";
  readonly outcome: Outcome;
  readonly checks?: readonly Check[];
  readonly after?: Judged | null;
  readonly nodeAfter?: NodeNow | null;
}

export function finished(from: Remediation, ending: Ending, by: string, now: Date): Remediation {
  const { says, next } = ending.outcome;
  return {
    ...moved(from, ending.state, by, now),
    endedAt: now.toISOString(),
    outcome: { ...ending.outcome, says: says.slice(0, 2_000), next: next?.slice(0, 2_000) ?? null },
    checks: ending.checks ?? from.checks,
    after: ending.after ?? from.after,
    nodeAfter: ending.nodeAfter ?? from.nodeAfter,
  };
}

export function told(from: Remediation): Remediation {
  return { ...from, news: "told" };
}
