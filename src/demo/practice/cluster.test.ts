import { afterEach, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { systemClock } from "../../platform/clock.ts";
import { actingHosts } from "../../platform/ssh/acting.ts";
import type { SshSettings } from "../../platform/ssh/settings.ts";
import type { Step } from "../../remediate/action.ts";
import type { StepAnswer } from "../../remediate/ports.ts";
import { command, limits, practiceUnderTest } from "./cluster-under-test.ts";
import { nodeSet, unitArgv, unregisteredSet } from "./testing.ts";

let under: Awaited<ReturnType<typeof practiceUnderTest>>;
const start = async (...given: Parameters<typeof practiceUnderTest>): Promise<void> => {
  under = await practiceUnderTest(...given);
};
afterEach(() => under.close());

test("a node that never registered is in the inventory, and connections to it answer as recorded", async () => {
  await start([[unregisteredSet(), "kubelet-bootstrap-failed"]]);
  expect(under.cluster.config.inventory).toEqual([{ name: "practice-1", address: "192.0.2.10" }]);
  expect(await under.ports.local.connect("192.0.2.10", 10250, 1_000)).toEqual(value("refused\n"));
  expect(await under.ports.local.connect("192.0.2.10", 22, 1_000)).toMatchObject({ reason: "not-shown" });
});

const restart = (unit: string): Step => ({
  id: unit,
  says: unit,
  argv: ["systemctl", "restart", unit],
  sudo: true,
  timeoutMs: 5_000,
  restarts: unit,
  unlessWellWithinMs: null,
});

async function act(node: string, step: Step): Promise<StepAnswer> {
  const hosts = actingHosts(under.cluster.config.acting as SshSettings, { home: "/none", user: "nobody" }, systemClock);
  const opened = await hosts.open({ node, address: "192.0.2.1" });
  if (!opened.ok) throw new Error(opened.problem);
  const answer = await opened.value.run(step);
  opened.value.close();
  return answer;
}

const threeNodes = () =>
  start([
    [nodeSet("inactive"), "kubelet-stopped"],
    [nodeSet("failed"), "kubelet-crashed"],
    [nodeSet("active"), "none"],
  ]);

test("the acting login may restart two units and nothing else, the reading one may not even that", async () => {
  await threeNodes();
  const stop = { ...restart("kubelet.service"), argv: ["systemctl", "stop", "kubelet.service"] };
  for (const step of [stop, restart("sshd.service")]) {
    expect(await act("practice-1", step)).toMatchObject({ kind: "not-run" });
  }
  const session = await under.login("practice-1");
  await session.run(command(restart("kubelet.service").argv));
  expect(under.cluster.nodes.some((node) => node.healed())).toBe(false);
});

test("a restart heals the node whose fault it mends, and only that node; it is the same boot and began just now", async () => {
  await threeNodes();
  const session = await under.login("practice-1");
  const unit = async (): Promise<string> => {
    const answer = await session.run(command(unitArgv));
    return answer.kind === "value" ? answer.stdout : JSON.stringify(answer);
  };
  expect(await unit()).toContain("ActiveState=inactive");
  const before = Date.now();
  expect(await act("practice-1", restart("containerd.service"))).toMatchObject({ kind: "exited", exitCode: 0 });
  expect(await unit()).toContain("ActiveState=inactive"); // not what was wrong
  for (const node of ["practice-1", "practice-2"]) {
    expect(await act(node, restart("kubelet.service"))).toMatchObject({ kind: "exited", exitCode: 0 });
  }
  expect(await unit()).toContain("ActiveState=active");
  expect(under.cluster.nodes.map((node) => node.healed()).slice(0, 2)).toEqual([true, false]);
  const object = await under.ports.kubernetes?.get("/api/v1/nodes/practice-1", limits);
  const healed = JSON.parse(object?.kind === "value" ? object.stdout : "{}");
  expect(healed.metadata.uid).toBe("uid-n1-Unknown");
  const since = Date.parse(healed.status.conditions[0].lastTransitionTime);
  expect(since).toBeGreaterThanOrEqual(before);
  expect(since - 1_000).toBeLessThanOrEqual(Date.now());
  under.cluster.nodes[0]?.breakAgain();
  expect(await unit()).toContain("ActiveState=inactive");
});
