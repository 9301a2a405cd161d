/**
 * Brings what a store holds to the form this version expects, step by step, once, whoever else tries at the same time.
 * The same steps serve both stores. A step may run again after a crash, so it is idempotent.
 */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { Bug, ExternalError, OperatorError } from "../../shared/errors.ts";
import type { Documents } from "./documents.ts";
import { claim, type Lease, release, renew } from "./lease.ts";

export interface Migration {
  /** `0001-what-it-does`, as its file is called; the number is the schema's version once it ran. */
  readonly id: string;
  readonly up: (documents: Documents) => Promise<void>;
}

export interface Migrator {
  /** A name of this process, unlike any other's. */
  readonly holder: string;
  readonly now: () => Date;
  readonly pause?: (ms: number) => Promise<unknown>;
}

export const migrationCollection = "_migrations";

const migrationClaim = "migrations";
/** Renewed before each step. A step that takes longer may be begun by a second migrator, which idempotent steps bear. */
const leaseMs = 2 * 60_000;
const retryMs = 500;
/** Together longer than a lease: a migrator that died makes nobody else give up. */
const retries = 300;

const migrationId = z.string().regex(/^\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/);
const versionOf = (id: string): number => Number(id.slice(0, 4));

/**
 * Runs what has not run yet and returns its ids. OperatorError: the store is of a newer version. ExternalError: somebody
 * else keeps migrating, or the store is away.
 */
export async function migrate(
  documents: Documents,
  migrations: readonly Migration[],
  migrator: Migrator,
): Promise<readonly string[]> {
  if ((await pendingMigrations(documents, migrations)).length === 0) return [];
  let lease = await waitForLease(documents, migrator);
  const applied: string[] = [];
  try {
    // Whoever held the lease before us may have done it all.
    for (const migration of await pendingMigrations(documents, migrations)) {
      lease = await renewed(documents, lease, migrator);
      await migration.up(documents);
      await record(documents, migration, migrator);
      applied.push(migration.id);
    }
  } finally {
    await release(documents, lease);
  }
  return applied;
}

/** What would run, in order. OperatorError where the store is of a newer version than this one knows. */
export async function pendingMigrations(
  documents: Documents,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  checkList(migrations);
  const done = await documents.find(migrationCollection, {}, { limit: 10_000 });
  const doneIds = new Set(done.map(({ _id }) => _id));
  const unknown = [...doneIds].filter((id) => !migrations.some((migration) => migration.id === id));
  if (unknown.length > 0) throw newerSchema(documents, unknown, migrations.length);
  return migrations.filter(({ id }) => !doneIds.has(id));
}

function newerSchema(documents: Documents, unknown: readonly string[], known: number): OperatorError {
  const { where } = documents.describe();
  return new OperatorError(
    `the store ${where} was migrated by a newer node-why: ${unknown.join(", ")} (this one knows ${known})`,
    [
      "Run the node-why that migrated it, or a newer one.",
      "To stay with this version, give it a store of its own: another database in MONGODB_URI, or another store.dir.",
      "To go back for good, restore the store from a backup made before the upgrade.",
    ],
  );
}

function checkList(migrations: readonly Migration[]): void {
  for (const [nth, { id }] of migrations.entries()) {
    if (!migrationId.safeParse(id).success || versionOf(id) !== nth + 1)
      throw new Bug(`migration ${nth + 1} is called ${id}`);
  }
}

async function waitForLease(documents: Documents, migrator: Migrator): Promise<Lease> {
  const wait = migrator.pause ?? pause;
  for (let tries = 0; ; tries += 1) {
    const claimed = await claim(
      documents,
      { id: migrationClaim, holder: migrator.holder, ttlMs: leaseMs },
      migrator.now(),
    );
    if (claimed.ok) return claimed.value;
    if (tries >= retries) throw new ExternalError("store", `${claimed.problem.holder} is migrating the store`, true);
    await wait(retryMs);
  }
}

async function renewed(documents: Documents, lease: Lease, { now }: Migrator): Promise<Lease> {
  const answer = await renew(documents, lease, leaseMs, now());
  if (answer.ok) return answer.value;
  throw new ExternalError("store", "another node-why took the migration over", true);
}

async function record(documents: Documents, { id }: Migration, { holder, now }: Migrator): Promise<void> {
  await documents.insert(migrationCollection, {
    _id: id,
    revision: 0,
    version: versionOf(id),
    appliedAt: now().toISOString(),
    by: holder,
  });
}
