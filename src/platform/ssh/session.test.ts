import { afterEach, describe, expect, test } from "@jest/globals";
import { gone } from "../../../test/support/processes.ts";
import { type Desk, desk } from "../../../test/support/ssh-login.ts";
import { type OnExec, reply, type SshNodeOptions, startOf, startSshNode } from "../../../test/support/ssh-node.ts";
import type { Clock, Command, SshSession } from "../../collect/ports.ts";
import { systemClock } from "../clock.ts";

const opened: { readonly clear: () => unknown }[] = [];
afterEach(async () => {
  for (const { clear } of opened.splice(0).toReversed()) await clear();
});

async function session(options: SshNodeOptions = {}, more: Parameters<Desk["open"]>[0] = {}, clock?: Clock) {
  const node = await startSshNode(options);
  const at = await desk(node, clock);
  const result = await at.open(more);
  if (!result.ok) throw new Error(result.problem.detail);
  opened.push({ clear: () => node.close() }, at, { clear: () => result.value.close() });
  return { node, over: result.value };
}

const ask = (
  over: SshSession,
  argv: readonly string[],
  more: Partial<Omit<Command, "limits">> & { readonly timeoutMs?: number; readonly maxBytes?: number } = {},
  signal?: AbortSignal,
) => {
  const { timeoutMs = 5_000, maxBytes = 10_000, ...rest } = more;
  return over.run({ argv, sudo: false, keep: "head", limits: { timeoutMs, maxBytes }, ...rest }, signal);
};

describe("a command on a node with a real shell", () => {
  test("gets its words as they are, a plain locale and no input", async () => {
    const { over } = await session();
    const hostile = "$(touch /tmp/x) `id` '; rm -rf / #";
    expect(await ask(over, ["printf", "%s\\n", hostile, "*"])).toMatchObject({
      stdout: `${hostile}\n*\n`,
      exitCode: 0,
    });
    expect(await ask(over, ["sh", "-c", 'echo "$LC_ALL"; cat; echo ended >&2; exit 3'])).toMatchObject({
      stdout: "C\n",
      stderr: "ended\n",
      exitCode: 3,
    });
  });

  test("that is not there", async () => {
    const { over } = await session();
    expect(await ask(over, ["no-such-tool-here"])).toMatchObject({ reason: "tool-missing" });
  });

  test("that floods is cut at its limit and ends", async () => {
    const { node, over } = await session();
    const group = node.said("0123456789");
    const answer = await ask(over, ["yes", "0123456789"], { maxBytes: 5_000 });
    expect(answer).toMatchObject({ kind: "value", truncated: true, exitCode: null });
    await gone(await group);
  });

  test("that hangs is killed there, and the hang is the answer", async () => {
    const { node, over } = await session();
    const group = node.said("begun");
    const hanging = "trap '' TERM; echo begun; sleep 1000 & sleep 1000";
    expect(await ask(over, ["sh", "-c", hanging], { timeoutMs: 500 })).toMatchObject({ reason: "hung" });
    await gone(await group);
  });

  // sshd gives signals to the processes of ordinary users only
  test.each([true, false])("is killed there at the deadline of the whole diagnosis (signals: %s)", async (signals) => {
    const controller = new AbortController();
    const { node, over } = await session({ signals });
    const begun = node.said("begun");
    const more = { timeoutMs: 60_000 };
    const asking = ask(over, ["sh", "-c", "echo begun; sleep 1000 & sleep 1000"], more, controller.signal);
    const group = await begun;
    await ask(over, ["true"]); // its answer comes after the first output, so that has come too
    controller.abort();
    over.close();
    expect(await asking).toMatchObject({ reason: "timed-out" });
    await gone(group);
  });

  test("keeps the newest end of a log", async () => {
    const { over } = await session();
    const answer = await ask(over, ["seq", "1", "2000"], { keep: "tail", maxBytes: 1_000 });
    expect(answer).toMatchObject({
      truncated: true,
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\n(\d+\n)+2000\n$/),
    });
  });
});

/** Answers command lines that hold a word; anything else ends well and says nothing. */
const scripted =
  (script: Readonly<Record<string, Parameters<typeof reply>[2]>>): OnExec =>
  (line, channel) => {
    const found = Object.entries(script).find(([word]) => line.includes(word));
    reply(line, channel, found?.[1] ?? {});
  };

describe("a command on a scripted node", () => {
  test("sudo is asked for without a password, only where the login is not root", async () => {
    const onExec = scripted({ crictl: { stderr: "sudo: a password is required\n", exitCode: 1 } });
    const asUser = await session({ onExec }, { user: "reader" });
    const asRoot = await session({ onExec });
    expect(await ask(asUser.over, ["crictl", "info"], { sudo: true })).toMatchObject({
      reason: "sudo-refused",
      grant: "reader ALL=(root) NOPASSWD: /usr/bin/timeout -k 1 5 crictl info",
    });
    expect(await ask(asRoot.over, ["crictl", "info"], { sudo: true })).toMatchObject({ kind: "value" });
    expect(asUser.node.lines[0]).toContain("'sudo' '-n' 'timeout' '-k' '1' '5' 'crictl'");
    expect(asRoot.node.lines[0]).not.toContain("sudo");
  });

  test("a node without timeout is asked without it from then on", async () => {
    const missing = { stderr: "env: 'timeout': No such file or directory\n", exitCode: 127 };
    const { node, over } = await session({ onExec: scripted({ "'timeout'": missing, uname: { stdout: "Linux\n" } }) });
    expect(await ask(over, ["uname"])).toMatchObject({ stdout: "Linux\n" });
    expect(await ask(over, ["uname"])).toMatchObject({ stdout: "Linux\n" });
    expect(node.lines.map((line) => line.includes("'timeout'"))).toEqual([true, false, false]);
  });

  test("what a profile prints before it is not its answer; bytes that are no text are replaced", async () => {
    const onExec: OnExec = (line, channel) => {
      channel.write("Welcome to w7!\nLast login: never\n");
      reply(line, channel, { stdout: Buffer.from("caf\xe9\n", "latin1") });
    };
    const { over } = await session({ onExec });
    expect(await ask(over, ["cat"])).toMatchObject({ stdout: "caf\ufffd\n" });
  });

  test("control characters and a prompt are bytes like any others", async () => {
    const nasty = "\x1b]0;pwned\x07\x1b[2J\r\nroot@worker-7:~# \x00\n";
    const onExec: OnExec = (line, channel) => {
      channel.write("Password: \x1b[8m\r\nnode-why-000000000000 1\r\n");
      channel.stderr.write("sudo: a password is required\n");
      reply(line, channel, { stdout: nasty });
    };
    const { over } = await session({ onExec });
    expect(await ask(over, ["cat"])).toMatchObject({ kind: "value", stdout: nasty });
  });

  test("a login shell that refuses", async () => {
    const onExec: OnExec = (_, channel) => {
      channel.write("This account is currently not available.\n");
      channel.exit(1);
      channel.end();
    };
    const { over } = await session({ onExec });
    expect(await ask(over, ["cat"])).toMatchObject({ reason: "unreadable" });
  });

  test("the node goes away in the middle", async () => {
    const onExec: OnExec = (line, channel, connection) => {
      channel.write(`${startOf(line)}half`, () => connection.end());
    };
    const { over } = await session({ onExec });
    expect(await ask(over, ["cat"])).toMatchObject({ reason: "cut-off" });
    expect(await ask(over, ["cat"])).toMatchObject({ reason: "cut-off" });
  });

  test("a gigabyte is not taken in", async () => {
    let sent = 0;
    const block = Buffer.alloc(1_000_000, "x");
    const onExec: OnExec = (line, channel) => {
      channel.write(startOf(line));
      const more = (): void => {
        while (channel.writable && sent < 1e9) {
          sent += block.length;
          if (!channel.write(block)) return;
        }
      };
      channel.on("drain", more);
      more();
    };
    const { over } = await session({ onExec });
    const answer = await ask(over, ["cat", "/dev/zero"], { maxBytes: 50_000 });
    expect(answer).toMatchObject({ kind: "value", truncated: true });
    expect(answer.kind === "value" && answer.stdout.length).toBe(50_000);
    expect(sent).toBeLessThan(50e6);
  });

  test("sessions that sshd refuses are asked for again", async () => {
    const { over } = await session({ maxSessions: 1 });
    const answers = await Promise.all(["a", "b", "c", "d"].map((word) => ask(over, ["echo", word])));
    expect(answers.map((answer) => answer.kind === "value" && answer.stdout)).toEqual(["a\n", "b\n", "c\n", "d\n"]);
  });

  test("sessions that sshd never gives", async () => {
    const { over } = await session({ maxSessions: 0 });
    expect(await ask(over, ["echo"], { timeoutMs: 100 })).toMatchObject({
      reason: "refused",
      grant: expect.stringContaining("MaxSessions"),
    });
  });
});

describe("silence", () => {
  /** Long waits are cut short, for what is waited for here never comes; short ones have to be met. */
  const hasty: Clock = {
    ...systemClock,
    after: (ms, callback) => systemClock.after(ms > 2_000 ? ms / 20 : ms, callback),
  };

  /** Begins a command and says no more; whether the node answers anything else is the question. */
  const silent =
    (andThen: OnExec): OnExec =>
    (line, channel, connection) => {
      if (line.includes("crictl")) channel.write(startOf(line));
      else andThen(line, channel, connection);
    };

  test("is a hang where the node answers something else", async () => {
    const { over } = await session({ onExec: silent((line, channel) => reply(line, channel, {})) }, {}, hasty);
    expect(await ask(over, ["crictl"])).toMatchObject({ reason: "hung" });
  });

  test("is no proof of one where the whole node is silent", async () => {
    const { over } = await session({ onExec: silent(() => undefined) }, {}, hasty);
    expect(await ask(over, ["crictl"])).toMatchObject({ reason: "timed-out" });
  });

  test("before the command began is the login shell's", async () => {
    const { over } = await session({ onExec: () => undefined }, {}, hasty);
    expect(await ask(over, ["cat"])).toMatchObject({ reason: "timed-out" });
  });
});
