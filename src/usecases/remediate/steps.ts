import { redact } from "../../evidence/redact.ts";
import type { Step } from "../../remediate/action.ts";
import { isWell } from "../../remediate/node-now.ts";
import type { ActingSession, StepAnswer } from "../../remediate/ports.ts";
import { mostOutput } from "../../remediate/remediation.ts";
import { type Ending, type StepEnd, stepEnded, stepSkipped, stepStarted } from "../../remediate/transitions.ts";
import { printable } from "../../shared/printable.ts";
import { type Course, Stopped, wait } from "./course.ts";
import type { FixWorld } from "./ports.ts";

const pollMs = 5_000;

/** Runs the steps in order. null: all were run or not needed, or one may have happened, and proof has to tell. */
export async function runSteps(course: Course, session: ActingSession, world: FixWorld): Promise<Ending | null> {
  for (const step of course.now().plan) {
    if (step.unlessWellWithinMs !== null && (await recovers(course, step.unlessWellWithinMs, world))) {
      await course.write((from) =>
        stepSkipped(from, step.id, "not needed: the node is well again by itself", world.clock.now()),
      );
      continue;
    }
    const end = await runStep(step, course, session, world);
    if (end.state === "unknown") return null; // nothing more is sent; what happened shows when the node is looked at
    if (end.state !== "done") return failedStep(step, end);
  }
  return null;
}

/** Written as begun before it is sent, and sent only while the node is certainly ours. */
async function runStep(step: Step, course: Course, session: ActingSession, world: FixWorld): Promise<StepEnd> {
  const { clock, policy } = world;
  await course.keep();
  await course.write((from) => stepStarted(from, step.id, clock.now()));
  if (course.sinceKept() + step.timeoutMs > policy.leaseMs) {
    throw new Stopped("superseded", "writing took so long that the node may no longer be ours; the step was not sent");
  }
  const began = clock.monotonicMs();
  const answer = await session.run(step);
  const end = endOf(answer, Math.round(clock.monotonicMs() - began));
  await course.write((from) => stepEnded(from, step.id, end, clock.now()));
  return end;
}

function endOf(answer: StepAnswer, tookMs: number): StepEnd {
  if (answer.kind !== "exited") {
    return { state: answer.kind, exitCode: null, output: "", says: clean(answer.says), tookMs };
  }
  const { exitCode } = answer;
  const state = exitCode === 0 ? "done" : exitCode === null ? "unknown" : "failed";
  return { state, exitCode, output: clean(answer.output), says: `exit ${exitCode ?? "not known"}`, tookMs };
}

/** What a node prints goes into the store and to Slack. */
const clean = (text: string): string => printable(redact(text)).slice(-mostOutput);

function failedStep({ id, argv }: Step, { state, says, output }: StepEnd): Ending {
  const last = output.trim().split("\n").at(-1)?.slice(0, 300) ?? "";
  const what =
    state === "not-run"
      ? `step ${id} was not run: ${says}`
      : `step ${id} failed (${says})${last === "" ? "" : `: ${last}`}`;
  const next = `Look at the node by hand (${argv.join(" ")} was ${state === "not-run" ? "not run" : "run once"}); nothing is tried again by itself.`;
  return { state: "failed", outcome: { code: "step-failed", guard: null, says: what, next } };
}

/** Whether the node comes back by itself within the time. */
async function recovers(course: Course, withinMs: number, world: FixWorld): Promise<boolean> {
  const { clock } = world;
  const began = clock.monotonicMs();
  for (;;) {
    await course.keep();
    if (isWell(await world.observe(course.now()))) return true;
    const leftMs = withinMs - (clock.monotonicMs() - began);
    if (leftMs <= 0) return false;
    await wait(clock, Math.min(pollMs, leftMs));
  }
}
