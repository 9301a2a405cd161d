import type { Remediation } from "../../remediate/remediation.ts";
import { type Ending, finished, running, told, verifying } from "../../remediate/transitions.ts";
import { Bug, messageOf } from "../../shared/errors.ts";
import type { Confirmed } from "./confirm.ts";
import { type Course, courseOf, Stopped } from "./course.ts";
import type { FixWorld, Person, Tell } from "./ports.ts";
import { prepare } from "./prepare.ts";
import { afterwardsOf, prove } from "./prove.ts";
import { runSteps } from "./steps.ts";

/** How it ended; `unrecorded` where the end could not be written down, and why. */
export interface FixEnd {
  readonly remediation: Remediation;
  readonly unrecorded: string | null;
}

/**
 * Runs what was confirmed: evidence first, guards and diagnosis anew, then the steps, then proof. Every state is
 * written before what it stands for. Never rejects, and keeps the lease until `afterwards` is done: telling people is
 * part of it, and no other replica may take that for left behind.
 */
export async function runFix(
  { remediation, lease }: Confirmed,
  person: Person,
  world: FixWorld,
  tell: Tell,
  afterwards: (end: FixEnd) => Promise<void>,
): Promise<FixEnd> {
  const course = courseOf(remediation, lease, world, tell);
  const end = await endOf(course, person, world);
  await announced(end, afterwards, world);
  await lease
    .release()
    .catch((thrown: unknown) => world.log.error({ error: messageOf(thrown) }, "a lease was not released"));
  return end;
}

/** What could not be told stays owed, and a sweep tells it later. */
async function announced(end: FixEnd, afterwards: (end: FixEnd) => Promise<void>, world: FixWorld): Promise<void> {
  try {
    await afterwards(end);
    if (end.unrecorded === null) await world.store.replace(told(end.remediation));
  } catch (thrown) {
    world.log.error({ error: messageOf(thrown), fix: end.remediation._id }, "the end of a fix was not told");
  }
}

async function endOf(course: Course, person: Person, world: FixWorld): Promise<FixEnd> {
  try {
    const ending = await fix(course, person, world);
    await course.write((from) => finished(from, ending, person.id, world.clock.now()));
    return { remediation: course.now(), unrecorded: null };
  } catch (thrown) {
    return thrown instanceof Stopped
      ? { remediation: course.now(), unrecorded: thrown.message }
      : await brokenOff(thrown, course, person, world);
  }
}

async function fix(course: Course, person: Person, world: FixWorld): Promise<Ending> {
  const prepared = await prepare(course, person, world);
  if (!prepared.ok) return prepared.problem;
  const { before, session } = prepared.value;
  try {
    await course.keep();
    await course.write((from) => running(from, before, person.id, world.clock.now()));
    const trouble = await runSteps(course, session, world);
    if (trouble !== null) return { ...trouble, ...(await afterwardsOf(course, person, world)) };
  } finally {
    session.close();
  }
  await course.write((from) => verifying(from, person.id, world.clock.now()));
  return await prove(course, person, world);
}

/** Our own bug or a store that refuses what we write: the record says so if it still can. */
async function brokenOff(thrown: unknown, course: Course, person: Person, world: FixWorld): Promise<FixEnd> {
  world.log.error({ error: messageOf(thrown), bug: thrown instanceof Bug, fix: course.now()._id }, "a fix broke off");
  const outcome = {
    code: "bug",
    guard: null,
    says: "node-why has a bug and broke off; its log says more",
    next: "Look at the node by hand before anything else is tried.",
  } as const;
  const interrupted = finished(course.now(), { state: "interrupted", outcome }, person.id, world.clock.now());
  const saved = await world.store.replace(interrupted).catch(() => "conflict" as const);
  return saved === "conflict"
    ? { remediation: course.now(), unrecorded: messageOf(thrown) }
    : { remediation: saved, unrecorded: null };
}
