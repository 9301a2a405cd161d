import { afterEach, expect, test } from "@jest/globals";
import { type Desk, desk } from "../../../test/support/ssh-login.ts";
import { type OnExec, reply, type SshNode, startOf, startSshNode } from "../../../test/support/ssh-node.ts";
import type { Clock, SshOpener } from "../../collect/ports.ts";
import { systemClock } from "../clock.ts";

/** Long waits are cut short: what is waited for here never comes. */
const hasty: Clock = {
  ...systemClock,
  after: (ms, callback) => systemClock.after(ms > 2_000 ? ms / 20 : ms, callback),
};
const limits = { timeoutMs: 4_000, maxBytes: 1_000 };
const crictl = { argv: ["crictl", "info"], sudo: false, limits, keep: "head" } as const;
const target = { address: "127.0.0.1", node: "worker-7" };

let node: SshNode;
let at: Desk;
afterEach(async () => {
  await node.close();
  await at.clear();
});

async function opener(bootId: () => string): Promise<SshOpener> {
  const onExec: OnExec = (line, channel) => {
    if (line.includes("'crictl'")) channel.write(startOf(line, 4_242));
    else if (line.includes("/proc/[0-9]*/stat")) {
      reply(line, channel, {
        stdout: `${bootId()}\n4243 (crictl) D 1 4242 4242 0 -1 0\n77 (jbd2/sda1-8) D 2 0 0 0 -1 0\n`,
      });
    } else if (line.includes("boot_id")) reply(line, channel, { stdout: `${bootId()}\n` });
    else reply(line, channel, {});
  };
  node = await startSshNode({ onExec });
  at = await desk(node, hasty);
  return at.opener();
}

async function ask(from: SshOpener) {
  const opened = await from.open(target);
  if (!opened.ok) throw new Error(opened.problem.detail);
  const answer = await opened.value.run(crictl);
  opened.value.close();
  return answer;
}

const asked = (): number => node.lines.filter((line) => line.includes("'crictl'")).length;

test("what cannot be killed is said, and is not asked again until the node has booted", async () => {
  let boot = "8b1e-1";
  const from = await opener(() => boot);
  expect(await ask(from)).toMatchObject({ reason: "hung", detail: expect.stringMatching(/process 4243 .*state D/) });
  expect(await ask(from)).toMatchObject({ reason: "hung", detail: expect.stringMatching(/this boot.*4243/) });
  expect(asked()).toBe(1);
  boot = "8b1e-2";
  expect(await ask(from)).toMatchObject({ reason: "hung" });
  expect(asked()).toBe(2);
});
