import type { NodeNow } from "../../remediate/node-now.ts";
import type { NodeLease } from "../../remediate/ports.ts";
import { type Remediation, underWay } from "../../remediate/remediation.ts";
import { finished, told } from "../../remediate/transitions.ts";
import { messageOf } from "../../shared/errors.ts";
import { type FixWorld, leaseKey } from "./ports.ts";

/** Whoever wrote less than this ago is most likely still at it. */
const quietMs = 60_000;
const sweepLeaseMs = 120_000;

export interface Swept {
  readonly expired: number;
  readonly interrupted: readonly string[];
  readonly told: readonly string[];
}

/**
 * Finds what a process that is gone has left: remediations under way that nobody holds are ended as interrupted, with
 * the state of the node now, and ends that nobody was told of are told. Nothing is ever gone on with.
 * Rejects as the store does.
 */
export async function sweep(world: FixWorld, announce: (ended: Remediation) => Promise<void>): Promise<Swept> {
  const { store, clock } = world;
  let expired = 0;
  for (const proposal of await store.overdue(clock.now())) expired += (await expire(proposal, world)) ? 1 : 0;
  const interrupted: string[] = [];
  for (const found of await store.underWay(null)) {
    if (await held(found, world, (now) => interrupt(now, world))) interrupted.push(found._id);
  }
  const toldNow: string[] = [];
  for (const found of await store.untold()) {
    if (await held(found, world, (now) => tellOne(now, world, announce))) toldNow.push(found._id);
  }
  return { expired, interrupted, told: toldNow };
}

async function expire(proposal: Remediation, { store, clock, instance }: FixWorld): Promise<boolean> {
  const outcome = { code: "expired", guard: "in-time", says: "nobody confirmed it in time", next: null } as const;
  return (await store.replace(finished(proposal, { state: "expired", outcome }, instance, clock.now()))) !== "conflict";
}

/** Does it under the node's lease and on the newest record: an owner that is alive keeps both. */
async function held(
  found: Remediation,
  world: FixWorld,
  act: (now: Remediation) => Promise<boolean>,
): Promise<boolean> {
  const { clock, leases, instance, store } = world;
  const lastWritten = Date.parse(found.transitions.at(-1)?.at ?? found.proposedAt);
  if (clock.now().getTime() - lastWritten < quietMs && !isOurs(found, world)) return false;
  const holder = `sweep@${instance}@${world.random().slice(0, 8)}`;
  const lease = await leases.claim(leaseKey(found), holder, sweepLeaseMs, clock.now());
  if (!lease.ok) return false;
  try {
    const now = await store.get(found._id);
    return now !== undefined && (await act(now));
  } finally {
    await letGo(lease.value, world);
  }
}

/** Its end was written by this very sweep: no owner can be alive. */
const isOurs = ({ state, transitions }: Remediation, { instance }: FixWorld): boolean =>
  state === "interrupted" && transitions.at(-1)?.by === instance;

async function letGo(lease: NodeLease, { log }: FixWorld): Promise<void> {
  await lease.release().catch((thrown: unknown) => log.error({ error: messageOf(thrown) }, "a lease was not released"));
}

async function interrupt(found: Remediation, world: FixWorld): Promise<boolean> {
  if (!underWay.includes(found.state)) return false;
  const nodeAfter = await world.observe(found);
  const outcome = {
    code: "interrupted",
    guard: null,
    says: `node-why was stopped while this was ${found.state}; ${stepsSay(found)}. Now: ${nowSays(nodeAfter)}`,
    next: `Nothing is run again by itself. Ask again: /node why ${found.node}`,
  } as const;
  const ending = finished(found, { state: "interrupted", outcome, nodeAfter }, world.instance, world.clock.now());
  return (await world.store.replace(ending)) !== "conflict";
}

function stepsSay({ plan, steps }: Remediation): string {
  const parts = plan.map(({ id }) => {
    const step = steps.find((each) => each.id === id);
    if (step === undefined) return `${id}: not begun`;
    return step.state === "started" ? `${id}: begun, its end is not known` : `${id}: ${step.state}`;
  });
  return parts.join(", ");
}

function nowSays({ ready, healthz, units }: NodeNow): string {
  const unit = units.map(
    ({ unit: name, active, startedAt }) =>
      `${name} ${active ?? "not known"}${startedAt ? ` (started ${startedAt})` : ""}`,
  );
  return [`Ready is ${ready ?? "not known"}`, `healthz ${healthz ?? "not known"}`, ...unit].join(", ");
}

async function tellOne(
  found: Remediation,
  world: FixWorld,
  announce: (ended: Remediation) => Promise<void>,
): Promise<boolean> {
  if (found.news !== "owed" || underWay.includes(found.state)) return false;
  await announce(found);
  await world.store.replace(told(found)); // a conflict: somebody else told it at the same moment
  return true;
}
