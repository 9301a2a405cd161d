import { describe, expect, test } from "@jest/globals";
import { migrations as released } from "../../migrations/index.ts";
import type { Documents } from "../../src/platform/store/documents.ts";
import { claim } from "../../src/platform/store/lease.ts";
import { type Migration, type Migrator, migrate, pendingMigrations } from "../../src/platform/store/migrate.ts";
import { Bug, ExternalError, OperatorError } from "../../src/shared/errors.ts";
import { thrownBy } from "./contract-refusals.ts";
import { november } from "./samples.ts";
import { type OpenStoreUnderTest, onFreshStore, race } from "./store-under-test.ts";

const migrators = 4;

/** Gives way to whatever else is running, and no time passes. */
const yieldTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const migrator = (holder: string, now = november(1)): Migrator => ({ holder, now: () => now, pause: yieldTurn });

/** A step that leaves a trace each time it runs. */
const step = (id: string): Migration => ({
  id,
  up: async (documents) => {
    for (let run = 0; (await documents.insert("traces", { _id: `${id}-${run}`, revision: 0 })) === "exists"; ) run += 1;
  },
});
const one = step("0001-one");
const two = step("0002-two");

const tracesIn = async (documents: Documents): Promise<readonly string[]> =>
  (await documents.find("traces", {}, { limit: 100 })).map(({ _id }) => _id);

export function migrationContract(open: OpenStoreUnderTest): void {
  describe("migrations", () => {
    test(
      "the released ones run, once, and again does nothing",
      onFreshStore(open, async ({ documents }) => {
        const ids = released.map(({ id }) => id);
        expect(await migrate(documents, released, migrator("a"))).toEqual(ids);
        expect(await migrate(documents, released, migrator("a"))).toEqual([]);
        expect(await pendingMigrations(documents, released)).toEqual([]);
        expect(await documents.get("_migrations", ids[0] ?? "")).toEqual({
          _id: "0001-memory-indexes",
          revision: 0,
          version: 1,
          appliedAt: november(1).toISOString(),
          by: "a",
        });
      }),
    );

    test(
      "each released step can run twice, as after a crash before it was recorded",
      onFreshStore(open, async ({ documents }) => {
        for (const { up } of [...released, ...released]) await up(documents);
        expect(await migrate(documents, released, migrator("a"))).toHaveLength(released.length);
      }),
    );

    test(
      "only what is new runs, in order",
      onFreshStore(open, async ({ documents }) => {
        expect(await migrate(documents, [one], migrator("a"))).toEqual(["0001-one"]);
        expect((await pendingMigrations(documents, [one, two])).map(({ id }) => id)).toEqual(["0002-two"]);
        expect(await migrate(documents, [one, two], migrator("b"))).toEqual(["0002-two"]);
        expect(await tracesIn(documents)).toEqual(["0001-one-0", "0002-two-0"]);
      }),
    );

    test(
      `${migrators} migrators at once: each step runs once`,
      onFreshStore(open, async ({ documents, again }) => {
        const connections = [documents, await again()];
        const applied = await race(migrators, connections, (store, racer) =>
          migrate(store, [one, two], migrator(`m${racer}`)),
        );
        expect(applied.flat().toSorted()).toEqual(["0001-one", "0002-two"]);
        expect(await tracesIn(documents)).toEqual(["0001-one-0", "0002-two-0"]);
      }),
    );

    test(
      "a newer schema is refused, before anything is done",
      onFreshStore(open, async ({ documents }) => {
        await migrate(documents, [one, two], migrator("new"));
        const thrown = await thrownBy(() => migrate(documents, [one], migrator("old")));
        expect(thrown).toBeInstanceOf(OperatorError);
        expect(thrown).not.toHaveProperty("nextSteps", []);
        expect(await thrownBy(() => pendingMigrations(documents, [one]))).toBeInstanceOf(OperatorError);
      }),
    );

    test(
      "a step that fails is not recorded, and the next try need not wait",
      onFreshStore(open, async ({ documents }) => {
        const failing: Migration = { id: "0002-two", up: () => Promise.reject(new Error("half way")) };
        expect(await thrownBy(() => migrate(documents, [one, failing], migrator("a")))).toEqual(new Error("half way"));
        expect(await migrate(documents, [one, two], migrator("b"))).toEqual(["0002-two"]);
      }),
    );

    test(
      "somebody who migrates for ever is waited for, but not for ever; once their lease ended we go on",
      onFreshStore(open, async ({ documents }) => {
        await claim(documents, { id: "migrations", holder: "dead", ttlMs: 60_000 }, november(1));
        expect(await thrownBy(() => migrate(documents, [one], migrator("a")))).toBeInstanceOf(ExternalError);
        expect(await migrate(documents, [one], migrator("a", november(1, 2)))).toEqual(["0001-one"]);
      }),
    );

    test.each([[[two]], [[one, one]], [[{ ...one, id: "1-one" }]], [[{ ...one, id: "0001-One!" }]]])(
      "a list out of order is our mistake",
      (list) =>
        onFreshStore(open, async ({ documents }) => {
          expect(await thrownBy(() => migrate(documents, list, migrator("a")))).toBeInstanceOf(Bug);
        })(),
    );
  });
}
