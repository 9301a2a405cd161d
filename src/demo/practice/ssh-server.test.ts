import { rm, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "@jest/globals";
import type { Clock } from "../../collect/ports.ts";
import { unavailable, value } from "../../evidence/evidence.ts";
import { systemClock } from "../../platform/clock.ts";
import { command, limits, notReadyMs, practiceUnderTest } from "./cluster-under-test.ts";
import { newKeyPair } from "./keys.ts";
import { item, journalArgv, nodeSet, unitArgv } from "./testing.ts";

let under: Awaited<ReturnType<typeof practiceUnderTest>>;
const start = async (...given: Parameters<typeof practiceUnderTest>): Promise<void> => {
  under = await practiceUnderTest(...given);
};
afterEach(() => under.close());

describe("a node over SSH", () => {
  test("a recorded command answers as it did, under the node's new name and address, at a time as long ago", async () => {
    await start([[nodeSet("inactive"), "kubelet-stopped"]]);
    const answer = await (await under.login("practice-1")).run(command(journalArgv));
    expect(answer).toMatchObject({ kind: "value", exitCode: 0, stderr: "", truncated: false });
    const line = answer.kind === "value" ? answer.stdout : "";
    expect(line.slice(15)).toBe(" practice-1 systemd[1]: kubelet.service: inactive, it's 192.0.2.10\n");
    const stamp = Date.parse(`${line.slice(0, 6)} ${new Date().getUTCFullYear()} ${line.slice(7, 15)}Z`);
    expect(Math.abs(Date.now() - stamp - (notReadyMs + 10_000))).toBeLessThan(5_000);
  });

  test.each([
    [
      "an output with an exit code and complaints",
      value("out\n", { stderr: "bad\n", exitCode: 3 }),
      value("out\n", { stderr: "bad\n", exitCode: 3 }),
    ],
    ["words that a shell would change", value("$(id) 'x' *\n"), value("$(id) 'x' *\n")],
    ["a missing tool", unavailable("tool-missing", "crictl is not on the node"), { reason: "tool-missing" }],
    ["sudo that refuses", unavailable("sudo-refused", "sudo: a password is required"), { reason: "sudo-refused" }],
    ["a file that may not be run", unavailable("forbidden", "Permission denied"), { reason: "forbidden" }],
  ])("%s", async (_, recorded, expected) => {
    const argv = ["printf", "%s\\n", "it's $(id) `x` *", "", "a b"];
    await start([[nodeSet("active", [item("ssh", "odd", argv, recorded)]), "none"]]);
    expect(await (await under.login("practice-1")).run(command(argv))).toMatchObject(expected);
  });

  test("a command that was not recorded does not exist", async () => {
    await start([[nodeSet("active"), "none"]]);
    expect(await (await under.login("practice-1")).run(command(["rm", "-rf", "/"]))).toMatchObject({
      reason: "tool-missing",
    });
  });

  test("a hang lasts until the node's own timeout ends it, and is answered as a hang", async () => {
    const argv = ["crictl", "info"];
    const timers: [number, () => void][] = [];
    const nodeClock: Clock = {
      ...systemClock,
      after: (ms, callback) => {
        timers.push([ms, callback]);
        return () => undefined;
      },
    };
    await start([[nodeSet("active", [item("ssh", "crictl-info", argv, unavailable("hung", "no end"))]), "none"]], {
      clock: nodeClock,
    });
    const session = await under.login("practice-1");
    const controller = new AbortController();
    const running = session.run(command(argv, { limits: { ...limits, timeoutMs: 8_000 } }), controller.signal);
    expect(await session.run(command(unitArgv))).toMatchObject({ kind: "value" }); // others are answered meanwhile
    expect(timers.map(([ms]) => ms)).toEqual([8_000]);
    controller.abort();
    expect(await running).toMatchObject({ reason: "timed-out" });
  });

  test("nobody gets in with another key", async () => {
    await start([[nodeSet("active"), "none"]]);
    await writeFile(under.cluster.config.ssh?.identityFile ?? "", newKeyPair().privateKey);
    expect(await under.ports.ssh?.open({ address: "192.0.2.10", node: "practice-1" })).toMatchObject({
      problem: { reason: "unauthenticated" },
    });
  });

  test("the host key is one that the client verifies", async () => {
    await start([[nodeSet("active"), "none"]]);
    await rm(under.cluster.config.ssh?.knownHostsFile ?? "");
    expect(await under.ports.ssh?.open({ address: "192.0.2.10", node: "practice-1" })).toMatchObject({
      problem: { reason: "host-key-unknown" },
    });
  });

  test("a host that could not be logged in to is as far away as it was", async () => {
    const { items, ...rest } = nodeSet("inactive");
    const away = unavailable("timed-out", "connecting to 10.77.0.11 port 22: timed-out (5000 ms)");
    const cut = { ...rest, items: items.map((one) => (one.source === "ssh" ? { ...one, answer: away } : one)) };
    await start([[cut, "node-powered-off"]]);
    expect(await under.ports.ssh?.open({ address: "192.0.2.10", node: "practice-1" })).toMatchObject({
      problem: { reason: "timed-out", detail: "connecting to 192.0.2.10 port 22: timed-out (5000 ms)" },
    });
  });
});
