import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Desk, desk } from "../../../test/support/ssh-login.ts";
import { type OnExec, reply, type SshNode, startOf, startSshNode } from "../../../test/support/ssh-node.ts";
import { absent, unavailable, unavailableReasons, value } from "../../evidence/evidence.ts";
import type { Step } from "../../remediate/action.ts";
import type { StepAnswer } from "../../remediate/ports.ts";
import { systemClock } from "../clock.ts";
import { actingHosts, stepAnswer } from "./acting.ts";

const step: Step = {
  id: "restart-runtime",
  says: "Restart containerd.service",
  argv: ["systemctl", "restart", "containerd.service"],
  sudo: true,
  timeoutMs: 5_000,
  restarts: "containerd.service",
  unlessWellWithinMs: null,
};

describe("over a real SSH server", () => {
  let node: SshNode;
  let own: Desk;
  let script: OnExec;

  beforeEach(async () => {
    node = await startSshNode({ onExec: (...given) => script(...given) });
    own = await desk(node);
  });
  afterEach(async () => {
    await node.close();
    await own.clear();
  });

  async function act(): Promise<StepAnswer> {
    const hosts = actingHosts({ ...own.settings, user: "fixer" }, { home: own.folder, user: "somebody" }, systemClock);
    const opened = await hosts.open({ node: "n2", address: "127.0.0.1" });
    if (!opened.ok) throw new Error(opened.problem);
    const answer = await opened.value.run(step);
    opened.value.close();
    return answer;
  }
  const restarts = (): readonly string[] => node.lines.filter((line) => line.includes("'systemctl'"));

  test("the step is sent once, through sudo, with a limit on the node", async () => {
    script = (line, channel) => reply(line, channel, { stdout: "", exitCode: 0 });
    expect(await act()).toEqual({ kind: "exited", exitCode: 0, output: "" });
    expect(restarts()).toHaveLength(1);
    expect(restarts()[0]).toContain("'sudo' '-n' 'timeout' '-k' '1' '5' 'systemctl' 'restart' 'containerd.service'");
  });

  test("a node without timeout -k is found out by a command that does nothing, never by the step", async () => {
    script = (line, channel) =>
      line.includes("'timeout'")
        ? reply(line, channel, { stderr: "timeout: unrecognized option: k\n", exitCode: 1 })
        : reply(line, channel, { exitCode: 0 });
    expect(await act()).toMatchObject({ kind: "exited", exitCode: 0 });
    expect(restarts()).toHaveLength(1);
    expect(restarts()[0]).not.toContain("timeout");
  });

  test("what the command prints on both ways comes back with its status", async () => {
    script = (line, channel) =>
      reply(line, channel, line.includes("'systemctl'") ? { stdout: "a", stderr: "b", exitCode: 1 } : {});
    expect(await act()).toEqual({ kind: "exited", exitCode: 1, output: "a\nb" });
  });

  test("sudo that asks for a password did not run it, and the line to grant is named", async () => {
    script = (line, channel) =>
      reply(line, channel, line.includes("'sudo'") ? { stderr: "sudo: a password is required\n", exitCode: 1 } : {});
    const answer = await act();
    expect(answer.kind).toBe("not-run");
    expect(answer).toMatchObject({
      says: expect.stringContaining("NOPASSWD: /usr/bin/timeout -k 1 5 systemctl restart containerd.service"),
    });
  });

  test("a connection that ends midway: it may have happened", async () => {
    script = (line, channel, connection) => {
      if (!line.includes("'systemctl'")) return reply(line, channel, {});
      channel.write(startOf(line));
      connection.end();
    };
    expect((await act()).kind).toBe("unknown");
    expect(restarts()).toHaveLength(1);
  });

  test("a login that is refused is a sentence", async () => {
    const hosts = actingHosts(
      { ...own.settings, port: 1, connectTimeoutMs: 1_000 },
      { home: own.folder, user: "somebody" },
      systemClock,
    );
    expect(await hosts.open({ node: "n2", address: "127.0.0.1" })).toMatchObject({
      ok: false,
      problem: expect.stringContaining("acting login failed"),
    });
  });
});

test("only what surely came before the command is called not run", () => {
  const notRun = unavailableReasons.filter((reason) => stepAnswer(unavailable(reason, "")).kind === "not-run");
  expect(notRun).toEqual(["not-configured", "not-asked", "refused", "forbidden", "sudo-refused", "tool-missing"]);
  expect(stepAnswer(absent("")).kind).toBe("unknown");
  expect(stepAnswer(value("", { exitCode: null, truncated: true }))).toMatchObject({ kind: "exited", exitCode: null });
});
