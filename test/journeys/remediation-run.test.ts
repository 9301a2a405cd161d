import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { confirm } from "../../src/usecases/remediate/confirm.ts";
import { runFix } from "../../src/usecases/remediate/run.ts";
import { ana, keyOf, proposed, refusing, run, type Scene, scene } from "./remediation-scene.ts";

let stage: Scene;
beforeEach(async () => {
  stage = await scene();
});
afterEach(() => stage.close());

describe("the way from a proposal to its end", () => {
  test("the runtime is restarted, the kubelet comes back by itself, and all of it is recorded", async () => {
    const proposal = await proposed(stage.world);
    expect(refusing(proposal)).toEqual([]);
    const states: string[] = [];
    const taken = await confirm(keyOf(proposal), ana, stage.world);
    if (!taken.ok) throw new Error(taken.problem.says);
    const end = await runFix(
      taken.value,
      ana,
      stage.world,
      ({ state, steps }) => void states.push(`${state} ${steps.map((step) => step.state).join(",")}`.trim()),
      async () => undefined,
    );
    expect(states).toEqual([
      "confirmed",
      "running",
      "running started",
      "running done",
      "running done,skipped",
      "verifying done,skipped",
      "succeeded done,skipped",
    ]);
    expect(stage.node.sent).toEqual(["systemctl restart containerd.service"]);
    const kept = await stage.world.store.get(end.remediation._id);
    expect(kept).toMatchObject({
      state: "succeeded",
      confirmedBy: "U0ANA",
      news: "told",
      bundle: `${end.remediation._id}.json.gz`,
      before: { verdict: "confirmed", roots: ["runtime-stopped"] },
      after: { verdict: "none" },
      outcome: { code: "verified" },
    });
    expect(kept?.checks.every(({ holds }) => holds)).toBe(true);
    expect(kept?.transitions.map(({ state }) => state)).toEqual([
      "proposed",
      "confirmed",
      "running",
      "verifying",
      "succeeded",
    ]);
  });

  test("the kubelet is restarted only where it did not come back within a minute", async () => {
    stage.node.kubeletFollows = false;
    const began = stage.clock.monotonicMs();
    const end = await run(stage.world, await proposed(stage.world));
    expect(stage.node.sent).toEqual(["systemctl restart containerd.service", "systemctl restart kubelet.service"]);
    expect(end.remediation.state).toBe("succeeded");
    expect(stage.clock.monotonicMs() - began).toBeGreaterThanOrEqual(60_000);
  });

  test("a restart that changes nothing is not verified, and says so", async () => {
    stage.node.onStep = async () => ({ kind: "exited", exitCode: 0, output: "" });
    const { remediation } = await run(stage.world, await proposed(stage.world));
    expect(remediation).toMatchObject({ state: "failed", outcome: { code: "not-verified" } });
    expect(remediation.checks.filter(({ holds }) => !holds).map(({ id }) => id)).toEqual([
      "ready",
      "held",
      "happened",
      "diagnosis",
    ]);
  });

  test("a node that is well although the unit was not started anew is not verified", async () => {
    stage.node.onStep = async () => {
      stage.node.runtime = "active";
      return { kind: "exited", exitCode: 0, output: "" };
    };
    const { remediation } = await run(stage.world, await proposed(stage.world));
    expect(remediation.state).toBe("failed");
    expect(remediation.checks.filter(({ holds }) => !holds).map(({ id }) => id)).toEqual(["happened"]);
  });

  test("a command that fails ends it: no further step, its output masked and kept", async () => {
    const output = "Job for containerd.service failed.\npassword: hunter2hunter2\n";
    stage.node.onStep = async () => ({ kind: "exited", exitCode: 1, output });
    const { remediation } = await run(stage.world, await proposed(stage.world));
    expect(stage.node.sent).toHaveLength(1);
    expect(remediation).toMatchObject({
      state: "failed",
      outcome: { code: "step-failed" },
      after: { roots: ["runtime-stopped"] },
    });
    expect(remediation.steps[0]).toMatchObject({ state: "failed", exitCode: 1 });
    expect(remediation.steps[0]?.output).not.toContain("hunter2");
  });

  test("when another cause stands in the way afterwards, it fails and names both", async () => {
    stage.node.kubeletFollows = false;
    stage.node.onStep = async () => {
      stage.node.runtime = "active";
      stage.node.starts.runtime += 1;
      stage.node.starts.kubelet += 1;
      stage.node.cause = "kubelet-config-invalid";
      return { kind: "exited", exitCode: 0, output: "" };
    };
    const { remediation } = await run(stage.world, await proposed(stage.world));
    expect(remediation).toMatchObject({ state: "failed", after: { roots: ["kubelet-config-invalid"] } });
    expect(remediation.checks.find(({ id }) => id === "diagnosis")).toMatchObject({ holds: true });
    expect(remediation.outcome?.says).toContain("runtime-stopped is fixed; now kubelet-config-invalid");
  });

  test("the record of a fix is counted for the next one", async () => {
    await run(stage.world, await proposed(stage.world));
    stage.clock.pass(11 * 60_000);
    stage.node.runtime = "inactive";
    const again = await proposed(stage.world);
    expect(again.record).toMatchObject({ tried: 1, succeeded: 1, last: { state: "succeeded", node: "n2" } });
    expect(again.token).not.toBeNull();
  });
});
