import { afterEach, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { command, practiceUnderTest } from "./cluster-under-test.ts";
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

test("a node is healed by the command that the hook names, and only that node", async () => {
  await start(
    [
      [nodeSet("inactive"), "kubelet-stopped"],
      [nodeSet("failed"), "kubelet-crashed"],
      [nodeSet("active"), "none"],
    ],
    { onCommand: (argv) => (argv.join(" ") === "systemctl restart kubelet.service" ? "heal" : null) },
  );
  const session = await under.login("practice-1");
  const unit = async (): Promise<string> => {
    const answer = await session.run(command(unitArgv));
    return answer.kind === "value" ? answer.stdout : JSON.stringify(answer);
  };
  expect(await unit()).toContain("ActiveState=inactive");
  expect(await session.run(command(["systemctl", "restart", "kubelet.service"]))).toMatchObject({ exitCode: 0 });
  expect(await unit()).toContain("ActiveState=active");
  expect(under.cluster.nodes.map((node) => node.healed()).slice(0, 2)).toEqual([true, false]);
  under.cluster.nodes[0]?.breakAgain();
  expect(await unit()).toContain("ActiveState=inactive");
});
