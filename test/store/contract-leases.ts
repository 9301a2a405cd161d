import { describe, expect, test } from "@jest/globals";
import type { Documents } from "../../src/platform/store/documents.ts";
import { claim, release, renew } from "../../src/platform/store/lease.ts";
import { OperatorError } from "../../src/shared/errors.ts";
import type { Result } from "../../src/shared/result.ts";
import { thrownBy } from "./contract-refusals.ts";
import { november } from "./samples.ts";
import { type OpenStoreUnderTest, onFreshStore, race } from "./store-under-test.ts";

const racers = 20;
const minute = 60_000;
const id = "digest:TEAM:2026-W47";

const claimAs = (documents: Documents, holder: string, now: Date) =>
  claim(documents, { id, holder, ttlMs: 5 * minute }, now);

function won<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`not ok: ${JSON.stringify(result.problem)}`);
  return result.value;
}

export function leaseContract(open: OpenStoreUnderTest): void {
  describe("leases", () => {
    test(
      "the first has it until it ends",
      onFreshStore(open, async ({ documents }) => {
        const until = november(1, 5).toISOString();
        expect(await claimAs(documents, "a", november(1))).toEqual({
          ok: true,
          value: { id, holder: "a", until, revision: 0 },
        });
        expect(await claimAs(documents, "b", november(1, 4))).toEqual({ ok: false, problem: { holder: "a", until } });
        expect(await claimAs(documents, "b", november(1, 5))).toMatchObject({ ok: true, value: { holder: "b" } });
        expect(await claimAs(documents, "a", november(1, 6))).toMatchObject({ ok: false, problem: { holder: "b" } });
      }),
    );

    test(
      "a holder whose answer was lost asks again and has it",
      onFreshStore(open, async ({ documents }) => {
        await claimAs(documents, "a", november(1));
        const again = won(await claimAs(documents, "a", november(1, 1)));
        expect(await renew(documents, again, minute, november(1, 2))).toMatchObject({ ok: true });
      }),
    );

    test(
      "renewing moves its end, and is refused once it was taken over",
      onFreshStore(open, async ({ documents }) => {
        const first = won(await claimAs(documents, "a", november(1)));
        const longer = won(await renew(documents, first, 10 * minute, november(1, 4)));
        expect(longer.until).toBe(november(1, 14).toISOString());
        expect(await claimAs(documents, "b", november(1, 13))).toMatchObject({ ok: false });
        expect(await claimAs(documents, "b", november(1, 14))).toMatchObject({ ok: true });
        expect(await renew(documents, longer, minute, november(1, 15))).toEqual({ ok: false, problem: "lost" });
        expect(await release(documents, longer)).toBe("lost");
        expect(await claimAs(documents, "c", november(1, 15))).toMatchObject({ ok: false, problem: { holder: "b" } });
      }),
    );

    test(
      "what was released is free at once, what was removed is lost",
      onFreshStore(open, async ({ documents }) => {
        const first = won(await claimAs(documents, "a", november(1)));
        expect(await release(documents, first)).toBe("released");
        const second = won(await claimAs(documents, "b", november(1)));
        expect(second.holder).toBe("b");
        await documents.deleteWhere("claims", { holder: "b" });
        expect(await renew(documents, second, minute, november(1))).toEqual({ ok: false, problem: "lost" });
      }),
    );

    test(
      "a takeover keeps what others wrote into the claim",
      onFreshStore(open, async ({ documents }) => {
        await documents.insert("claims", {
          _id: id,
          revision: 3,
          holder: "a",
          leaseUntil: november(1).toISOString(),
          step: "posting",
        });
        const taken = won(await claimAs(documents, "b", november(2)));
        expect(await documents.get("claims", id)).toMatchObject({
          revision: taken.revision,
          holder: "b",
          step: "posting",
        });
      }),
    );

    test(
      "a claim that a hand broke is told",
      onFreshStore(open, async ({ documents }) => {
        await documents.insert("claims", { _id: id, revision: 0, holder: "a", leaseUntil: "tomorrow" });
        expect(await thrownBy(() => claimAs(documents, "b", november(1)))).toBeInstanceOf(OperatorError);
      }),
    );

    test.each(["free", "expired"] as const)(`${racers} racers for a claim that is %s: one winner`, (state) =>
      onFreshStore(open, async ({ documents, again }) => {
        if (state === "expired") await claimAs(documents, "before", november(1));
        const connections = [documents, await again()];
        const answers = await race(racers, connections, (store, racer) =>
          claimAs(store, `racer-${racer}`, november(1, 9)),
        );
        const winners = answers.filter((answer) => answer.ok);
        expect(winners).toHaveLength(1);
        const [winner] = winners;
        expect(await documents.get("claims", id)).toMatchObject({ holder: winner?.ok && winner.value.holder });
      })(),
    );
  });
}
