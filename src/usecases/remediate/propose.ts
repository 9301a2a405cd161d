import type { Action, Step } from "../../remediate/action.ts";
import { guards } from "../../remediate/guards/all.ts";
import { type Judgement, judge } from "../../remediate/guards/guard.ts";
import { bootIdIn } from "../../remediate/node-now.ts";
import type { FixRecord } from "../../remediate/ports.ts";
import type { Place, Remediation } from "../../remediate/remediation.ts";
import { planHashOf, sealOf } from "../../remediate/token.ts";
import type { OfferedFix, Report } from "../../report/report.ts";
import { Bug } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import type { About, FixWorld, FreshLook, Person } from "./ports.ts";
import { situationOf } from "./situation.ts";

export interface Wish extends About {
  readonly action: string;
  /** The cause the button was made for; null: whichever this action is offered for. */
  readonly cause: string | null;
  readonly place: Place;
}

/** Everything the one who confirms has to see. */
export interface Proposal {
  readonly remediation: Remediation;
  /** Good for one confirmation of exactly this; null: it may only be looked at. */
  readonly token: string | null;
  readonly action: Pick<Action, "title" | "says" | "risk" | "riskSays" | "ifItFails">;
  readonly report: Report;
  readonly record: FixRecord;
  readonly guards: readonly Judgement[];
}

/** The fixes of a report that may have a button: nothing below confirmed, and none that cannot be run here. */
export function offeredFixes(report: Report, world: FixWorld): readonly OfferedFix[] {
  const { cluster } = report;
  if (world.policy.mode === "off" || cluster === null || report.node === null || world.acting(cluster) === null)
    return [];
  return report.fixes.filter((fix) => isOffered(fix, report) && world.actions.has(fix.action ?? ""));
}

function isOffered({ offered, cause }: OfferedFix, { verdict, roots }: Report): boolean {
  return offered && verdict === "confirmed" && roots.includes(cause);
}

/**
 * Looks at the node anew and writes down what could be done. The problem is a sentence for the one who asked.
 * Rejects as the store does.
 */
export async function propose(wish: Wish, person: Person, world: FixWorld): Promise<Result<Proposal, string>> {
  if (world.policy.mode === "off") return failed("Remediation is off (remediation: in the config).");
  if (world.acting(wish.cluster) === null)
    return failed(`No acting login is configured for ${wish.cluster} (clusters[].acting).`);
  const look = await world.look(wish, person.id);
  if (!look.ok) return look;
  const sketch = sketchOf(wish, look.value, world);
  if (!sketch.ok) return sketch;
  return ok(await written(sketch.value, wish, look.value, person, world));
}

interface Sketch {
  readonly action: Action;
  readonly fix: OfferedFix;
  readonly plan: readonly Step[];
  readonly address: string;
  readonly bootId: string;
}

/** What would be done now, or why nothing is. The same at the moment of proposing and at run time. */
export function sketchOf(
  wish: Pick<Wish, "node" | "action" | "cause">,
  look: FreshLook,
  world: FixWorld,
): Result<Sketch, string> {
  const { report, facts, address } = look;
  const action = world.actions.get(wish.action);
  if (action === undefined) return failed(`There is no action ${wish.action}.`);
  const fix = offeredFixes(report, world).find(
    (each) => each.action === action.id && (wish.cause ?? each.cause) === each.cause,
  );
  if (fix === undefined) return failed(notOffered(wish, report));
  const plan = action.plan(facts);
  if (!plan.ok) return failed(`There is no safe plan: ${plan.problem}.`);
  if (address === null) return failed(`It is not known where ${wish.node} is reached.`);
  const bootId = bootIdIn(facts);
  if (bootId === null) return failed("The node's boot id is not known, so a confirmation could not be bound to it.");
  return ok({ action, fix, plan: plan.value, address, bootId });
}

function notOffered({ node, action, cause }: Pick<Wish, "node" | "action" | "cause">, report: Report): string {
  if (report.verdict === "none") return `${node} has nothing wrong now: there is nothing to fix.`;
  const now = report.roots.join(", ") || "no cause";
  if (cause !== null && !report.roots.includes(cause)) {
    return `The cause changed: it was ${cause}, now the diagnosis names ${now} (${report.verdict}).`;
  }
  return `${action} is not offered: the diagnosis names ${now} (${report.verdict}), and only a confirmed cause has a button.`;
}

async function written(
  sketch: Sketch,
  wish: Wish,
  look: FreshLook,
  person: Person,
  world: FixWorld,
): Promise<Proposal> {
  const { action, fix, plan, address, bootId } = sketch;
  const now = world.clock.now();
  const [id, token] = [`fix-${world.random().slice(0, 10)}`, world.random()];
  const { cluster, node } = wish;
  const planHash = planHashOf(action.id, plan);
  const expiresAt = new Date(now.getTime() + world.policy.expiryMs).toISOString();
  const judgements = judge(guards, await situationOf({ id, cluster, node, expiresAt, bootId }, look, person, world));
  const remediation: Remediation = {
    ...blank,
    _id: id,
    cluster,
    node,
    address,
    cause: fix.cause,
    causeSays: (look.report.causes.find((each) => each.id === fix.cause)?.says ?? fix.cause).slice(0, 2_000),
    action: action.id,
    plan,
    planHash,
    bootId,
    seal: sealOf(token, { id, cluster, node, cause: fix.cause, bootId, planHash }),
    place: wish.place,
    proposedAt: now.toISOString(),
    proposedBy: person.id,
    expiresAt,
    transitions: [{ at: now.toISOString(), state: "proposed", by: person.id }],
  };
  if ((await world.store.add(remediation)) === "exists") throw new Bug(`two remediations are called ${id}`);
  const record = await world.store.record(fix.cause, action.id);
  const mayRun = judgements.every(({ passes }) => passes);
  return { remediation, token: mayRun ? token : null, action, report: look.report, record, guards: judgements };
}

const blank = {
  revision: 0,
  state: "proposed",
  confirmedAt: null,
  confirmedBy: null,
  endedAt: null,
  ran: false,
  steps: [],
  bundle: null,
  before: null,
  after: null,
  nodeBefore: null,
  nodeAfter: null,
  checks: [],
  outcome: null,
  news: "none",
} as const;
