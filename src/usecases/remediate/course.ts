import type { Clock } from "../../collect/ports.ts";
import type { NodeLease } from "../../remediate/ports.ts";
import { type Remediation, remediationSchema } from "../../remediate/remediation.ts";
import { ExternalError, messageOf } from "../../shared/errors.ts";
import type { FixWorld, Tell } from "./ports.ts";

/**
 * The record of one running remediation and the right to go on with it. Thrown where that right is gone: the record
 * was ended by somebody else, the lease was taken, or the store is away, so that nothing more could be written down.
 */
export class Stopped extends Error {
  readonly why: "superseded" | "store-away";
  constructor(why: "superseded" | "store-away", message: string) {
    super(message);
    this.name = "Stopped";
    this.why = why;
  }
}

export interface Course {
  readonly now: () => Remediation;
  /** Writes the next state, and only then returns; throws Stopped where it cannot. */
  readonly write: (change: (from: Remediation) => Remediation) => Promise<void>;
  /** Holds on to the lease; throws Stopped where it is lost. */
  readonly keep: () => Promise<void>;
  /** Milliseconds since the lease was last held for certain. */
  readonly sinceKept: () => number;
}

export function courseOf(confirmed: Remediation, lease: NodeLease, world: FixWorld, tell: Tell): Course {
  const { clock } = world;
  let current = confirmed;
  let keptAt = clock.monotonicMs();
  return {
    now: () => current,
    write: async (change) => {
      current = await surely(change(current), world);
      tell(current);
    },
    keep: async () => {
      const asked = clock.monotonicMs();
      if (!(await renewed(lease, clock))) throw new Stopped("superseded", "the lease on the node was lost");
      keptAt = asked;
    },
    sinceKept: () => clock.monotonicMs() - keptAt,
  };
}

async function renewed(lease: NodeLease, clock: Clock): Promise<boolean> {
  try {
    return await lease.renew(clock.now());
  } catch (thrown) {
    if (!(thrown instanceof ExternalError)) throw thrown;
    throw storeAway(thrown);
  }
}

const storeAway = (thrown: ExternalError): Stopped =>
  new Stopped("store-away", `the store (${thrown.service}) does not answer: ${messageOf(thrown)}`);

const pausesMs = [1_000, 3_000];

/**
 * A write whose answer was lost may have happened: before it is tried again the record is read, and a record that
 * already has this state counts as written.
 */
async function surely(next: Remediation, { store, clock }: FixWorld): Promise<Remediation> {
  for (const pauseMs of [...pausesMs, null]) {
    try {
      const saved = await store.replace(next);
      if (saved !== "conflict") return saved;
      const found = await store.get(next._id);
      if (found !== undefined && isThat(found, next)) return found;
      throw new Stopped("superseded", `${next._id} was ended by somebody else (${found?.state ?? "deleted"})`);
    } catch (thrown) {
      if (!(thrown instanceof ExternalError)) throw thrown;
      if (pauseMs === null) throw storeAway(thrown);
      await wait(clock, pauseMs);
    }
  }
  throw new Stopped("store-away", "the store does not answer");
}

function isThat(found: Remediation, next: Remediation): boolean {
  const written = remediationSchema.parse({ ...next, revision: next.revision + 1 }); // in the schema's order, as it was read
  return JSON.stringify(found) === JSON.stringify(written);
}

export function wait(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve));
}
