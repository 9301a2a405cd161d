import { guardsOfConfirming } from "../../remediate/guards/all.ts";
import { type Judgement, judge, type Situation } from "../../remediate/guards/guard.ts";
import type { HeldBy, NodeLease } from "../../remediate/ports.ts";
import type { Remediation } from "../../remediate/remediation.ts";
import { fits } from "../../remediate/token.ts";
import { confirmed, finished } from "../../remediate/transitions.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { type FixWorld, leaseKey, type Person } from "./ports.ts";

/** A remediation that this process, and nobody else, may now run. */
export interface Confirmed {
  readonly remediation: Remediation;
  readonly lease: NodeLease;
}

/** Why it was not confirmed; nothing was changed. */
export interface NotConfirmed {
  readonly says: string;
  readonly next: string;
  /** Ids of people that `says` names. */
  readonly people: readonly string[];
}

export interface Confirmation {
  readonly id: string;
  readonly token: string;
}

/**
 * Takes a confirmation, once: of however many people, clicks and replicas one wins. Nothing is run here.
 * Rejects as the store does.
 */
export async function confirm(
  { id, token }: Confirmation,
  person: Person,
  world: FixWorld,
): Promise<Result<Confirmed, NotConfirmed>> {
  const proposed = await world.store.get(id);
  if (proposed === undefined || !fits(token, boundOf(proposed), proposed.seal)) {
    return refuse("This confirmation is not known here.", "Press Fix… again.");
  }
  if (proposed.state !== "proposed") return failed(takenBefore(proposed));
  const blocking = judge(guardsOfConfirming, await situationOfConfirming(proposed, person, world)).find(
    ({ passes }) => !passes,
  );
  if (blocking !== undefined) return await blockedBy(blocking, proposed, person, world);
  const holder = `${id}@${world.instance}@${world.random().slice(0, 8)}`;
  const lease = await world.leases.claim(leaseKey(proposed), holder, world.policy.leaseMs, world.clock.now());
  if (!lease.ok) return failed(await heldBy(lease.problem, proposed, world));
  const written = await writeConfirmed(proposed, lease.value, person, world);
  if (written !== "conflict") return ok({ remediation: written, lease: lease.value });
  await lease.value.release();
  const now = await world.store.get(id);
  return failed(takenBefore(now ?? proposed));
}

async function writeConfirmed(
  proposed: Remediation,
  lease: NodeLease,
  person: Person,
  { store, clock }: FixWorld,
): Promise<Remediation | "conflict"> {
  try {
    return await store.replace(confirmed(proposed, person.id, clock.now()));
  } catch (thrown) {
    await lease.release().catch(() => undefined); // it runs out by itself
    throw thrown;
  }
}

function boundOf({ _id, cluster, node, cause, bootId, planHash }: Remediation) {
  return { id: _id, cluster, node, cause, bootId, planHash };
}

type Confirming = Pick<Situation, "now" | "mode" | "person" | "expiresAt">;

/** The guards of this moment look at nothing else; everything else is asked again when the node was looked at. */
async function situationOfConfirming(proposed: Remediation, person: Person, world: FixWorld): Promise<Situation> {
  const known: Confirming = {
    now: world.clock.now(),
    mode: world.policy.mode,
    person: await person.may(),
    expiresAt: proposed.expiresAt,
  };
  const bootId = { proposed: proposed.bootId, now: null };
  const unknown = { fleet: null, othersUnderWay: null, atWork: null, lastActed: null, labels: null, bootId };
  return { ...known, ...unknown, node: proposed.node, limits: world.policy.limits };
}

async function blockedBy(
  { guard, says, unblock }: Judgement,
  proposed: Remediation,
  person: Person,
  { store, clock }: FixWorld,
): Promise<Result<never, NotConfirmed>> {
  const late = guard === "in-time";
  const outcome = { code: late ? "expired" : "guard", guard, says, next: unblock } as const;
  const ending = finished(proposed, { state: late ? "expired" : "refused", outcome }, person.id, clock.now());
  await store.replace(ending); // a conflict means that somebody else ended it first: refused either way
  return refuse(`Refused: ${says}.`, `To unblock it: ${unblock ?? "ask again"}.`);
}

/** The one who loses a race is told who won it. */
async function heldBy({ holder, until }: HeldBy, proposed: Remediation, { store }: FixWorld): Promise<NotConfirmed> {
  const other = await store.get(holder.split("@")[0] ?? "");
  const who = other?.confirmedBy ?? other?.proposedBy ?? "somebody else";
  return {
    says: `Refused: ${who} is at work on ${proposed.node}; 1 fix per node at a time.`,
    next: `Wait for its end (its lease runs until ${until.slice(11, 19)} UTC), then press Fix… again.`,
    people: [who],
  };
}

function takenBefore({ state, confirmedBy, confirmedAt, _id }: Remediation): NotConfirmed {
  const next = "Press Fix… again.";
  if (state === "expired") return { says: "This proposal has expired.", next, people: [] };
  if (confirmedBy === null) return { says: "This proposal was refused or cancelled before.", next, people: [] };
  const when = confirmedAt?.slice(11, 19) ?? "";
  return {
    says: `${confirmedBy} confirmed this at ${when} UTC; it is ${state} and runs only once.`,
    next: `Follow ${_id} in the thread.`,
    people: [confirmedBy],
  };
}

const refuse = (says: string, next: string): Result<never, NotConfirmed> => failed({ says, next, people: [] });

/** Somebody closed the dialog, or did not type the name: the token is worth nothing from now on. */
export async function cancel(
  { id, token }: Confirmation,
  person: Person,
  { store, clock }: FixWorld,
  says = "cancelled in the dialog",
): Promise<void> {
  const proposed = await store.get(id);
  if (proposed?.state !== "proposed" || !fits(token, boundOf(proposed), proposed.seal)) return;
  const outcome = { code: "cancelled", guard: null, says, next: null } as const;
  await store.replace(finished(proposed, { state: "refused", outcome }, person.id, clock.now()));
}
