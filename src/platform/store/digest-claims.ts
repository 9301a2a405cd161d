/**
 * The claim on a digest over any document store: the lease of lease.ts, and how far the posting is. Slack knows no key
 * that makes a second post of the same thing harmless, so `posting` is written before and `posted` after; who finds
 * `posting` with an ended lease has to look before posting again.
 */
import { z } from "zod";
import type { Claimant, Claimed, DigestClaim, DigestClaims, DigestPlace } from "../../digest/claims.ts";
import { OperatorError } from "../../shared/errors.ts";
import type { Documents, Json, StoredDocument } from "./documents.ts";
import { claim, claimCollection } from "./lease.ts";

export function digestClaims(documents: Documents): DigestClaims {
  return { claim: (place, claimant) => claimOf(documents, place, claimant) };
}

const time = z.iso.datetime({ precision: 3 });
const progress = z.looseObject({
  state: z.enum(["claimed", "posting", "posted", "given-up"]).default("claimed"),
  begunAt: time.nullable().default(null),
  leaseUntil: time,
});

async function claimOf(documents: Documents, place: DigestPlace, claimant: Claimant): Promise<Claimed> {
  const { holder, ttlMs, now } = claimant;
  const id = idOf(place);
  const before = await documents.get(claimCollection, id);
  if (before) {
    const { state } = progressOf(before);
    if (state === "posted" || state === "given-up") return { kind: "ended", how: state };
  }
  const claimed = await claim(documents, { id, holder, ttlMs }, now);
  if (!claimed.ok) return { kind: "held", until: new Date(claimed.problem.until) };
  const document = await documents.get(claimCollection, id);
  const until = new Date(claimed.value.until);
  if (document?.revision !== claimed.value.revision) return { kind: "held", until };
  const { state, begunAt } = progressOf(document);
  if (state === "posted" || state === "given-up") return { kind: "ended", how: state };
  return { kind: "ours", claim: held({ documents, document, until, ttlMs, begunAt }) };
}

export function idOf({ team, channel, week }: DigestPlace): string {
  return `digest:${team}:${channel.replace(/^#/, "").slice(0, 200)}:${week}`;
}

interface Holding {
  readonly documents: Documents;
  readonly document: StoredDocument;
  readonly until: Date;
  readonly ttlMs: number;
  readonly begunAt: string | null;
}

function held({ documents, document, until, ttlMs, begunAt }: Holding): DigestClaim {
  let current = document;
  const write = async (changes: Readonly<Record<string, Json>>): Promise<boolean> => {
    const next = { ...current, ...changes };
    if ((await documents.replaceIfRevision(claimCollection, next)) !== "ok") return false;
    current = { ...next, revision: current.revision + 1 };
    return true;
  };
  return {
    until,
    begunAt: begunAt === null ? null : new Date(begunAt),
    begin: (now) =>
      write({
        state: "posting",
        // The first time counts: whoever looks for the message has to look that far back.
        begunAt: begunAt ?? now.toISOString(),
        leaseUntil: new Date(now.getTime() + ttlMs).toISOString(),
      }),
    end: (how, ts, now) => write({ state: how, ts, endedAt: now.toISOString() }),
    putOff: (end) => write({ state: "claimed", begunAt: null, leaseUntil: end.toISOString() }),
  };
}

function progressOf(document: StoredDocument): z.infer<typeof progress> {
  const read = progress.safeParse(document);
  if (read.success) return read.data;
  throw new OperatorError(`the claim ${document._id} in the store cannot be read: ${z.prettifyError(read.error)}`, [
    "Delete this one document if the digest of that week was not posted; else set its state to posted.",
  ]);
}
