import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ExternalError } from "../../src/shared/errors.ts";
import { confirm } from "../../src/usecases/remediate/confirm.ts";
import type { Person } from "../../src/usecases/remediate/ports.ts";
import { propose } from "../../src/usecases/remediate/propose.ts";
import { ana, bo, keyOf, noLogin, proposed, refusing, run, type Scene, scene, wish } from "./remediation-scene.ts";

let stage: Scene;
beforeEach(async () => {
  stage = await scene();
});
afterEach(() => stage.close());

const stateOf = async (id: string): Promise<string | undefined> => (await stage.world.store.get(id))?.state;

describe("what is refused", () => {
  test("within the cool-down there is no token", async () => {
    await run(stage.world, await proposed(stage.world));
    stage.node.runtime = "inactive";
    const again = await proposed(stage.world);
    expect(again.token).toBeNull();
    expect(refusing(again)).toEqual(["cooldown"]);
  });

  test("a confirmation pressed twice runs once", async () => {
    const proposal = await proposed(stage.world);
    await run(stage.world, proposal);
    const second = await confirm(keyOf(proposal), ana, stage.world);
    expect(second).toMatchObject({ ok: false, problem: { people: ["U0ANA"] } });
    expect(stage.node.sent).toHaveLength(1);
  });

  test("of twenty confirmations of one proposal at once, on two replicas, one wins", async () => {
    const other = stage.replica();
    const proposal = await proposed(stage.world);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        confirm(keyOf(proposal), index % 2 ? ana : bo, index % 3 ? stage.world : other),
      ),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("two people at once on two replicas: one wins, the other is told who", async () => {
    const other = stage.replica();
    const [one, two] = [await proposed(stage.world), await proposed(other, bo)];
    const first = await confirm(keyOf(one), ana, stage.world);
    const second = await confirm(keyOf(two), bo, other);
    expect(first.ok).toBe(true);
    expect(second).toMatchObject({ ok: false, problem: { people: ["U0ANA"] } });
    expect(await stateOf(two.remediation._id)).toBe("proposed");
  });

  test.each([
    ["another token", (key: { id: string; token: string }) => ({ ...key, token: `${key.token.slice(1)}0` })],
    ["another proposal's id", (key: { id: string; token: string }) => ({ ...key, id: `${key.id}0` })],
    ["no token", (key: { id: string; token: string }) => ({ ...key, token: "" })],
  ])("%s confirms nothing", async (_, forge) => {
    const proposal = await proposed(stage.world);
    expect((await confirm(forge(keyOf(proposal)), ana, stage.world)).ok).toBe(false);
    expect(await stateOf(proposal.remediation._id)).toBe("proposed");
  });

  test.each(["cluster", "node", "cause", "bootId", "planHash"] as const)(
    "a record whose %s was altered confirms nothing",
    async (field) => {
      const proposal = await proposed(stage.world);
      await stage.world.store.replace({ ...proposal.remediation, [field]: "other" });
      expect((await confirm(keyOf(proposal), ana, stage.world)).ok).toBe(false);
    },
  );

  test("after 15 minutes it is expired; one second before it is not", async () => {
    const [early, late] = [await proposed(stage.world), await proposed(stage.world)];
    stage.clock.pass(15 * 60_000 - 1_000);
    const taken = await confirm(keyOf(early), ana, stage.world);
    expect(taken.ok).toBe(true);
    if (taken.ok) await taken.value.lease.release();
    stage.clock.pass(1_000);
    expect((await confirm(keyOf(late), ana, stage.world)).ok).toBe(false);
    expect(await stateOf(late.remediation._id)).toBe("expired");
  });

  test("rights taken away before the confirmation refuse it", async () => {
    const proposal = await proposed(stage.world);
    const gone: Person = { id: "U0ANA", may: async () => ({ why: "U0ANA is not among the operators" }) };
    expect((await confirm(keyOf(proposal), gone, stage.world)).ok).toBe(false);
    expect(await stage.world.store.get(proposal.remediation._id)).toMatchObject({
      state: "refused",
      outcome: { guard: "person" },
    });
  });

  test("rights taken away between confirmation and run refuse it too", async () => {
    const answers: Awaited<ReturnType<Person["may"]>>[] = ["allowed", "allowed"];
    const fading: Person = { id: "U0ANA", may: async () => answers.shift() ?? { why: "no longer" } };
    const { remediation } = await run(stage.world, await proposed(stage.world, fading), fading);
    expect(remediation).toMatchObject({ state: "refused", outcome: { code: "guard", guard: "person" }, ran: false });
    expect(stage.node.sent).toEqual([]);
  });

  const changes: readonly [string, (stage: Scene) => void, string][] = [
    [
      "the node healed",
      ({ node }) => {
        node.runtime = "active";
      },
      "healed",
    ],
    [
      "the cause changed",
      ({ node }) => {
        node.cause = "disk-full";
      },
      "cause-changed",
    ],
    [
      "the cause is only likely",
      ({ node }) => {
        node.verdict = "likely";
      },
      "not-confirmed",
    ],
    [
      "the node was booted",
      ({ node }) => {
        node.bootId = "other";
      },
      "guard",
    ],
    [
      "the fleet went down",
      ({ node }) => {
        node.fleet = { total: 3, notReady: 2 };
      },
      "guard",
    ],
    [
      "somebody opted out",
      ({ node }) => {
        node.labels = { "node-why.dev/opt-out": "true" };
      },
      "guard",
    ],
  ];
  test.each(changes)("meanwhile %s: refused, evidence kept, nothing run", async (_, change, code) => {
    const proposal = await proposed(stage.world);
    change(stage);
    const { remediation } = await run(stage.world, proposal);
    expect(remediation).toMatchObject({ state: "refused", ran: false, outcome: { code } });
    expect(stage.saved).toEqual([remediation._id]);
    expect(stage.node.sent).toEqual([]);
  });

  test("no evidence, no fix", async () => {
    const world = stage.replica({ saveEvidence: () => Promise.reject(new ExternalError("store", "disk full", false)) });
    const { remediation } = await run(world, await proposed(world));
    expect(remediation).toMatchObject({ state: "refused", outcome: { code: "no-evidence" } });
    expect(stage.node.sent).toEqual([]);
  });

  test("no acting login, no fix", async () => {
    const world = stage.replica({ acting: noLogin });
    const { remediation } = await run(world, await proposed(world));
    expect(remediation).toMatchObject({ state: "refused", outcome: { code: "no-login" } });
  });

  test("off or without an acting login nothing is even proposed", async () => {
    const off = stage.replica({ policy: { ...stage.world.policy, mode: "off" } });
    expect((await propose(wish, ana, off)).ok).toBe(false);
    expect((await propose(wish, ana, stage.replica({ acting: () => null }))).ok).toBe(false);
  });

  test("mode propose shows everything and gives no token", async () => {
    const world = stage.replica({ policy: { ...stage.world.policy, mode: "propose" } });
    const proposal = await proposed(world);
    expect(proposal.token).toBeNull();
    expect(refusing(proposal)).toEqual(["mode"]);
  });
});
