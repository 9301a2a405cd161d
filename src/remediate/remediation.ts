import { z } from "zod";
import { nodeNowSchema } from "./node-now.ts";
import { checkSchema } from "./verify.ts";

/**
 * One fix of one node, from the proposal to its end, as it is kept. Every state is written before what it stands for
 * is done, so that whoever finds the record knows the most that can have happened. Times are ISO 8601 in UTC.
 */

export const states = [
  "proposed",
  "confirmed",
  "running",
  "verifying",
  "succeeded",
  "failed",
  "refused",
  "expired",
  "interrupted",
] as const;
export type State = (typeof states)[number];

/** Somebody is, or was, at work on the node. */
export const underWay: readonly State[] = ["confirmed", "running", "verifying"];
export const ended: readonly State[] = ["succeeded", "failed", "refused", "expired", "interrupted"];

export const mostOutput = 4_000;

const time = z.iso.datetime({ precision: 3 });
const name = z.string().min(1).max(300);
const says = z.string().max(2_000);

const planned = z.strictObject({
  id: name,
  says,
  argv: z.array(z.string().max(500)).min(1).max(40).readonly(),
  sudo: z.boolean(),
  timeoutMs: z.number().int().positive(),
  restarts: name,
  unlessWellWithinMs: z.number().int().positive().nullable(),
});

/**
 * `started`: written before the command was sent; without an end nobody knows how it ended. `done`: exit 0.
 * `unknown`: the answer was lost or never came, so it may have happened. `not-run`: it never reached the command.
 */
const stepRun = z.strictObject({
  id: name,
  state: z.enum(["started", "done", "failed", "unknown", "not-run", "skipped"]),
  startedAt: time,
  endedAt: time.nullable(),
  tookMs: z.number().nonnegative().nullable(),
  exitCode: z.number().int().nullable(),
  /** Redacted and cut. */
  output: z.string().max(mostOutput),
  says,
});
export type StepRun = Readonly<z.infer<typeof stepRun>>;

const judged = z.strictObject({
  at: time.nullable(),
  status: name.nullable(),
  verdict: name,
  roots: z.array(name).max(100).readonly(),
});
export type Judged = Readonly<z.infer<typeof judged>>;

/** Where the people are who follow it. */
const place = z.strictObject({
  surface: z.enum(["slack", "cli"]),
  team: name.nullable(),
  channel: name.nullable(),
  thread: name.nullable(),
});
export type Place = Readonly<z.infer<typeof place>>;

export const outcomeCodes = [
  "verified",
  "not-verified",
  "step-failed",
  "guard",
  "healed",
  "cause-changed",
  "not-confirmed",
  "plan-changed",
  "no-diagnosis",
  "no-evidence",
  "no-login",
  "cancelled",
  "expired",
  "interrupted",
  "bug",
] as const;

const outcome = z.strictObject({
  code: z.enum(outcomeCodes),
  /** The guard that refused. */
  guard: name.nullable(),
  says,
  /** What would unblock it, or what to do next. */
  next: says.nullable(),
});
export type Outcome = Readonly<z.infer<typeof outcome>>;

export const remediationSchema = z.strictObject({
  _id: name,
  revision: z.number().int().nonnegative(),
  cluster: name,
  node: name,
  /** Where the acting login goes. */
  address: name,
  cause: name,
  causeSays: says,
  action: name,
  state: z.enum(states),
  plan: z.array(planned.readonly()).min(1).max(20).readonly(),
  planHash: name,
  bootId: name,
  /** Hash over the token and all that it is bound to; the token itself is only in the dialog. */
  seal: name,
  place: place.readonly(),
  proposedAt: time,
  proposedBy: name,
  expiresAt: time,
  confirmedAt: time.nullable(),
  confirmedBy: name.nullable(),
  endedAt: time.nullable(),
  /** A step was begun: the node may have been changed. */
  ran: z.boolean(),
  steps: z.array(stepRun.readonly()).max(20).readonly(),
  /** The saved evidence. */
  bundle: z.string().max(2_000).nullable(),
  before: judged.readonly().nullable(),
  after: judged.readonly().nullable(),
  nodeBefore: nodeNowSchema.nullable(),
  nodeAfter: nodeNowSchema.nullable(),
  checks: z.array(checkSchema.readonly()).max(20).readonly(),
  outcome: outcome.readonly().nullable(),
  /** `owed`: the people in its thread have not been told how it ended. */
  news: z.enum(["none", "owed", "told"]),
  transitions: z
    .array(z.strictObject({ at: time, state: z.enum(states), by: name }).readonly())
    .max(20)
    .readonly(),
});
export type Remediation = Readonly<z.infer<typeof remediationSchema>>;
