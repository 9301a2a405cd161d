import { describe, expect, test } from "@jest/globals";
import type { Facts } from "./facts.ts";
import { type Actions, loadActions } from "./registry.ts";

const actions: Actions = await loadActions();

const node = (runtime: string | null, kubelet: string | null): Facts =>
  new Map([
    ...(runtime === null ? [] : [["runtime.unit.name", runtime] as const]),
    ...(kubelet === null ? [] : [["kubelet.unit.name", kubelet] as const]),
  ]);

const commands = (action: string, facts: Facts): readonly string[] | string => {
  const plan = actions.get(action)?.plan(facts);
  if (plan === undefined) return "no such action";
  return plan.ok ? plan.value.map(({ argv }) => argv.join(" ")) : plan.problem;
};

describe("restart-runtime", () => {
  test.each(["containerd.service", "crio.service", "docker.service", "cri-docker.service"])(
    "%s, then the kubelet if needed",
    (unit) => {
      expect(commands("restart-runtime", node(unit, "kubelet.service"))).toEqual([
        `systemctl restart ${unit}`,
        "systemctl restart kubelet.service",
      ]);
      const plan = actions.get("restart-runtime")?.plan(node(unit, "kubelet.service"));
      expect(plan?.ok && plan.value.map(({ unlessWellWithinMs }) => unlessWellWithinMs)).toEqual([null, 60_000]);
    },
  );

  test("one unit that runs both is restarted once", () => {
    expect(commands("restart-runtime", node("k3s-agent.service", "k3s-agent.service"))).toEqual([
      "systemctl restart k3s-agent.service",
    ]);
  });

  test("an unknown kubelet is left alone", () => {
    expect(commands("restart-runtime", node("containerd.service", null))).toHaveLength(1);
  });
});

describe.each(["restart-runtime", "restart-kubelet"])("%s has no plan", (action) => {
  test.each([
    ["for a unit nobody knows", "sshd.service"],
    ["for what is no unit's name", "--force; reboot"],
    ["for a control plane", "k3s.service"],
  ])("%s", (_, unit) => {
    expect(typeof commands(action, node(unit, unit))).toBe("string");
  });

  test("where systemd could not be asked", () => {
    expect(typeof commands(action, node(null, null))).toBe("string");
  });
});

describe.each([...actions.values()])("$id", (action) => {
  test("fits a dialog and names its risk", () => {
    expect(action.title.length).toBeLessThanOrEqual(24);
    expect(action.riskSays).not.toBe("");
    expect(action.verify).toContain("diagnosis");
  });

  test("asks for the privileges of every plan it can make, and no more than restarts", () => {
    const asked = action.privileges.map(({ argv }) => argv.join(" "));
    for (const runtime of ["containerd.service", "crio.service", "rke2-agent.service"]) {
      for (const command of commands(action.id, node(runtime, "kubelet.service"))) expect(asked).toContain(command);
    }
    expect(asked.every((command) => /^systemctl restart [\w.-]+\.service$/.test(command))).toBe(true);
  });
});
