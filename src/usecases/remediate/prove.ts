import { type NodeNow, nodeNow } from "../../remediate/node-now.ts";
import type { Remediation } from "../../remediate/remediation.ts";
import type { Ending } from "../../remediate/transitions.ts";
import { type Check, verified } from "../../remediate/verify.ts";
import { Bug } from "../../shared/errors.ts";
import { type Course, wait } from "./course.ts";
import type { FixWorld, FreshLook, Person } from "./ports.ts";
import { judgedOf } from "./prepare.ts";

const pollMs = 5_000;

/** Waits until the node is Ready and stays so, looks at everything anew, and says what holds. Not shown is failed. */
export async function prove(course: Course, person: Person, world: FixWorld): Promise<Ending> {
  const { seen, heldMs } = await watch(course, world);
  await course.keep();
  const look = await world.look(course.now(), person.id);
  const after = look.ok ? nodeNow(look.value.facts, world.clock.now().toISOString()) : seen;
  const checks = checksOf(course.now(), after, heldMs, look.ok ? look.value : null, world);
  return {
    ...judgement(course.now(), checks),
    checks,
    nodeAfter: after,
    after: look.ok ? judgedOf(look.value.report) : null,
  };
}

/** The node after a step that failed: no proof, only how it is now. */
export async function afterwardsOf(
  course: Course,
  person: Person,
  world: FixWorld,
): Promise<Pick<Ending, "after" | "nodeAfter">> {
  await course.keep();
  const look = await world.look(course.now(), person.id);
  if (!look.ok) return { after: null, nodeAfter: null };
  return { after: judgedOf(look.value.report), nodeAfter: nodeNow(look.value.facts, world.clock.now().toISOString()) };
}

interface Watched {
  readonly seen: NodeNow;
  /** How long Ready was True without a break until the end. */
  readonly heldMs: number;
}

async function watch(course: Course, world: FixWorld): Promise<Watched> {
  const { clock, policy } = world;
  const began = clock.monotonicMs();
  let readySince: number | null = null;
  for (;;) {
    await course.keep();
    const seen = await world.observe(course.now());
    const now = clock.monotonicMs();
    readySince = seen.ready === "True" ? (readySince ?? now) : null;
    const heldMs = readySince === null ? 0 : now - readySince;
    const late = now - began >= policy.readyWithinMs + (readySince === null ? 0 : policy.holdMs);
    if (late || (readySince !== null && heldMs >= policy.holdMs)) return { seen, heldMs };
    await wait(clock, readySince === null ? pollMs : Math.max(1, Math.min(pollMs, policy.holdMs - heldMs)));
  }
}

function checksOf(
  remediation: Remediation,
  after: NodeNow,
  heldMs: number,
  look: FreshLook | null,
  world: FixWorld,
): readonly Check[] {
  const { nodeBefore, plan, steps, cause, action } = remediation;
  if (nodeBefore === null) throw new Bug(`${remediation._id} has no state from before its steps`);
  const begun = steps.filter(({ state }) => state === "done" || state === "unknown").map(({ id }) => id);
  const restarted = plan.filter(({ id }) => begun.includes(id)).map(({ restarts }) => restarts);
  const proof = { cause, restarted, before: nodeBefore, after, heldMs, holdMs: world.policy.holdMs };
  return verified(world.actions.get(action)?.verify ?? [], { ...proof, report: look?.report ?? null });
}

function judgement({ node, steps }: Remediation, checks: readonly Check[]): Pick<Ending, "state" | "outcome"> {
  const [missed, says] = [
    checks.filter(({ holds }) => !holds),
    (id: string) => checks.find((each) => each.id === id)?.says ?? "",
  ];
  const lost = steps.find(({ state }) => state === "unknown");
  const aside = lost === undefined ? "" : ` (the answer to step ${lost.id} was lost: ${lost.says})`;
  if (missed.length === 0 && checks.length > 0) {
    const outcome = {
      code: "verified",
      guard: null,
      says: `${node} is Ready; ${says("held")}; ${says("diagnosis")}${aside}`,
      next: null,
    } as const;
    return { state: "succeeded", outcome };
  }
  const diagnosis = missed.some(({ id }) => id === "diagnosis") ? "" : `; ${says("diagnosis")}`;
  const outcome = {
    code: "not-verified",
    guard: null,
    says: `not verified: ${missed.map((check) => check.says).join("; ")}${diagnosis}${aside}`,
    next: `Ask again: /node why ${node}. Nothing more is tried by itself.`,
  } as const;
  return { state: "failed", outcome };
}
