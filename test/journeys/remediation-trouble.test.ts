import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Remediation } from "../../src/remediate/remediation.ts";
import { confirm } from "../../src/usecases/remediate/confirm.ts";
import type { Proposal } from "../../src/usecases/remediate/propose.ts";
import { runFix } from "../../src/usecases/remediate/run.ts";
import { sweep } from "../../src/usecases/remediate/sweep.ts";
import { ana, keyOf, proposed, run, type Scene, scene } from "./remediation-scene.ts";

let stage: Scene;
beforeEach(async () => {
  stage = await scene();
});
afterEach(() => stage.close());

const stateOf = async (id: string): Promise<string | undefined> => (await stage.world.store.get(id))?.state;

describe("what goes wrong on the way", () => {
  test("the connection is lost while the restart happens: proof decides, and the answer is said to be lost", async () => {
    stage.node.onStep = async () => {
      stage.node.runtime = "active";
      stage.node.starts.runtime += 1;
      return { kind: "unknown", says: "the connection ended before the command did" };
    };
    const { remediation } = await run(stage.world, await proposed(stage.world));
    expect(remediation.steps.map(({ state }) => state)).toEqual(["unknown"]);
    expect(remediation).toMatchObject({ state: "succeeded", outcome: { says: expect.stringContaining("lost") } });
  });

  test("the connection is lost before the restart: failed, nothing sent again", async () => {
    stage.node.onStep = async () => ({ kind: "unknown", says: "the connection ended before the command did" });
    const { remediation } = await run(stage.world, await proposed(stage.world));
    expect(remediation).toMatchObject({ state: "failed", outcome: { code: "not-verified" } });
    expect(stage.node.sent).toHaveLength(1);
  });

  test("sudo refuses: not run, so it does not count as tried", async () => {
    stage.node.onStep = async () => ({ kind: "not-run", says: "sudo: a password is required" });
    const { remediation } = await run(stage.world, await proposed(stage.world));
    expect(remediation).toMatchObject({ state: "failed", ran: false, outcome: { code: "step-failed" } });
  });

  test("a replica that dies after a step was begun: another finds it, says how the node is, and runs nothing", async () => {
    const proposal = await proposed(stage.world);
    await crashIn(stage, proposal);
    const other = stage.replica();
    const announced: Remediation[] = [];
    const announce = async (remediation: Remediation): Promise<void> => void announced.push(remediation);
    expect(await sweep(other, announce)).toMatchObject({ interrupted: [], told: [] });
    stage.clock.pass(200_000);
    expect(await sweep(other, announce)).toMatchObject({
      interrupted: [proposal.remediation._id],
      told: [proposal.remediation._id],
    });
    expect(announced[0]).toMatchObject({
      state: "interrupted",
      steps: [{ id: "restart-runtime", state: "started" }],
      nodeAfter: { ready: "True" },
    });
    expect(await sweep(other, announce)).toMatchObject({ interrupted: [], told: [] });
    expect(announced).toHaveLength(1);
    expect(stage.node.sent).toHaveLength(1);
  });

  test("the one that was thought dead comes back: its next write is refused and it stops", async () => {
    const proposal = await proposed(stage.world);
    const other = stage.replica();
    stage.node.onStep = async (step) => {
      stage.node.onStep = () => Promise.reject(new Error("a second step"));
      stage.clock.pass(400_000);
      await sweep(other, async () => undefined);
      expect(step.id).toBe("restart-runtime");
      return { kind: "exited", exitCode: 0, output: "" };
    };
    const end = await run(stage.world, proposal);
    expect(end.unrecorded).not.toBeNull();
    expect(await stateOf(proposal.remediation._id)).toBe("interrupted");
    expect(stage.node.sent).toHaveLength(1);
  });

  test("overdue proposals are ended by a sweep", async () => {
    const proposal = await proposed(stage.world);
    stage.clock.pass(15 * 60_000 + 1);
    expect(await sweep(stage.world, async () => undefined)).toMatchObject({ expired: 1 });
    expect(await stateOf(proposal.remediation._id)).toBe("expired");
  });

  test("an end that could not be told is told by a later sweep", async () => {
    const proposal = await proposed(stage.world);
    const taken = await confirm(keyOf(proposal), ana, stage.world);
    if (!taken.ok) throw new Error(taken.problem.says);
    await runFix(
      taken.value,
      ana,
      stage.world,
      () => undefined,
      () => Promise.reject(new Error("Slack is away")),
    );
    const announced: string[] = [];
    const announce = async ({ state }: Remediation): Promise<void> => void announced.push(state);
    stage.clock.pass(61_000);
    await sweep(stage.world, announce);
    await sweep(stage.world, announce);
    expect(announced).toEqual(["succeeded"]);
  });
});

/** Confirms and runs until the first step has been sent; from then on nothing of this replica is heard. */
async function crashIn({ world, node }: Scene, proposal: Proposal): Promise<void> {
  const taken = await confirm(keyOf(proposal), ana, world);
  if (!taken.ok) throw new Error(taken.problem.says);
  const sent = new Promise<void>((resolve) => {
    node.onStep = () => {
      node.runtime = "active";
      resolve();
      return new Promise(() => undefined);
    };
  });
  void runFix(
    taken.value,
    ana,
    world,
    () => undefined,
    async () => undefined,
  );
  await sent;
}
