/**
 * Who does it, when several replicas could: a claim document per thing to be done. The first insert wins; later, whoever
 * takes over an expired lease by compare-and-set. Clocks of replicas differ: a lease shorter than that difference can be
 * taken while its holder still works, so what must happen once needs a lease of minutes, or to be looked up before.
 */
import { z } from "zod";
import { OperatorError } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import type { Documents, StoredDocument } from "./documents.ts";

export const claimCollection = "claims";

export interface Lease {
  readonly id: string;
  readonly holder: string;
  /** ISO 8601 UTC. */
  readonly until: string;
  readonly revision: number;
}

export interface Claim {
  /** What is claimed, such as `digest:TEAM:2026-W47`. */
  readonly id: string;
  /** One name per attempt: a second claim by the same holder succeeds, since its first answer may have been lost. */
  readonly holder: string;
  readonly ttlMs: number;
}

export interface Held {
  readonly holder: string;
  readonly until: string;
}

const over = "1970-01-01T00:00:00.000Z";

/** A claim may carry more, which others write and a takeover keeps. */
const claimSchema = z.looseObject({ holder: z.string().min(1), leaseUntil: z.iso.datetime({ precision: 3 }) });

export async function claim(
  documents: Documents,
  { id, holder, ttlMs }: Claim,
  now: Date,
): Promise<Result<Lease, Held>> {
  const leaseUntil = until(ttlMs, now);
  const fresh = { _id: id, revision: 0, holder, leaseUntil };
  for (;;) {
    if ((await documents.insert(claimCollection, fresh)) === "inserted") return ok(leaseOf(fresh));
    const found = await documents.get(claimCollection, id);
    // Removed between the two: the insert has another chance.
    if (!found) continue;
    const held = heldOf(found);
    if (held.holder !== holder && held.until > now.toISOString()) return failed(held);
    const taken = { ...found, holder, leaseUntil };
    if ((await documents.replaceIfRevision(claimCollection, taken)) === "ok") return ok(next(leaseOf(taken)));
  }
}

/** `lost`: somebody took it over; whatever it was for is theirs now. */
export async function renew(
  documents: Documents,
  lease: Lease,
  ttlMs: number,
  now: Date,
): Promise<Result<Lease, "lost">> {
  return await setUntil(documents, lease, until(ttlMs, now));
}

/** The next claim need not wait for the end of the lease. */
export async function release(documents: Documents, lease: Lease): Promise<"released" | "lost"> {
  const released = await setUntil(documents, lease, over);
  return released.ok ? "released" : "lost";
}

async function setUntil(documents: Documents, lease: Lease, leaseUntil: string): Promise<Result<Lease, "lost">> {
  const found = await documents.get(claimCollection, lease.id);
  if (!found) return failed("lost");
  const changed = { ...found, revision: lease.revision, leaseUntil };
  const answer = await documents.replaceIfRevision(claimCollection, changed);
  return answer === "ok" ? ok(next({ ...lease, until: leaseUntil })) : failed("lost");
}

const until = (ttlMs: number, now: Date): string => new Date(now.getTime() + ttlMs).toISOString();
const next = (lease: Lease): Lease => ({ ...lease, revision: lease.revision + 1 });

interface ClaimDocument {
  readonly _id: string;
  readonly revision: number;
  readonly holder: string;
  readonly leaseUntil: string;
}

const leaseOf = ({ _id, holder, leaseUntil, revision }: ClaimDocument): Lease => ({
  id: _id,
  holder,
  until: leaseUntil,
  revision,
});

function heldOf(document: StoredDocument): Held {
  const read = claimSchema.safeParse(document);
  if (read.success) return { holder: read.data.holder, until: read.data.leaseUntil };
  throw new OperatorError(`the claim ${document._id} in the store cannot be read: ${z.prettifyError(read.error)}`, [
    "Delete this one document: it only says who was at work.",
  ]);
}
