import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SshSession } from "../../../collect/ports.ts";
import { systemClock } from "../../clock.ts";
import { sshOpener } from "../opener.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "node-why-tool-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function open(script: string, last = "{command}") {
  const tool = join(folder, "tool");
  await writeFile(tool, `#!/bin/sh\n${script}\n`);
  await chmod(tool, 0o755);
  const exec = { argv: [tool, "{user}@{host}", last], startTimeoutMs: 1_000 };
  const settings = { transport: "exec", user: "root", addressType: "InternalIP", exec } as const;
  const opener = sshOpener(settings, { home: folder, user: "ops" }, systemClock);
  return opener.open({ address: "10.0.0.7", node: "worker-7" });
}

async function session(script: string, last?: string): Promise<SshSession> {
  const opened = await open(script, last);
  if (!opened.ok) throw new Error(`${opened.problem.reason}: ${opened.problem.detail}`);
  return opened.value;
}

const ask = (over: SshSession, argv: readonly string[], timeoutMs = 5_000, maxBytes = 10_000) =>
  over.run({ argv, sudo: false, keep: "head", limits: { timeoutMs, maxBytes } });

/** A tool that runs the line here, as the far side's shell would. */
const plain = 'exec sh -c "$2"';
/** Mixes the streams, adds lines, and always ends well. */
const careless = 'echo "Starting session"; sh -c "$2" 2>&1; printf "\\nExiting session\\n"; exit 0';

describe.each([
  ["plain", plain],
  ["careless", careless],
])("through a %s tool", (_, script) => {
  test("words, output and status are the command's own", async () => {
    const over = await session(script);
    expect(await ask(over, ["printf", "%s\\n", "a b", "$(id)", "it's"])).toMatchObject({
      stdout: "a b\n$(id)\nit's\n",
      exitCode: 0,
    });
    expect(await ask(over, ["sh", "-c", "echo half; exit 7"])).toMatchObject({ stdout: "half\n", exitCode: 7 });
    expect(await ask(over, ["no-such-tool"])).toMatchObject({ reason: "tool-missing" });
  });

  test("a command that echoes its own marker line ends where it ends", async () => {
    const over = await session(script);
    const answer = await ask(over, ["sh", "-c", "tr '\\0' ' ' </proc/$PPID/cmdline; echo; echo last"]);
    expect(answer).toMatchObject({ stdout: expect.stringMatching(/last\n$/), exitCode: 0 });
  });

  test("a hang and a flood are what they are", async () => {
    const over = await session(script);
    expect(await ask(over, ["sleep", "1000"], 500)).toMatchObject({ reason: "hung" });
    expect(await ask(over, ["yes"], 5_000, 1_000)).toMatchObject({ kind: "value", truncated: true });
  });
});

test("a tool that hands on words", async () => {
  const over = await session('shift; exec "$@"', "{command...}");
  expect(await ask(over, ["printf", "%s\\n", "a b"])).toMatchObject({ stdout: "a b\n", exitCode: 0 });
});

test.each<[string, string, string]>([
  ["that refuses", 'echo "ERROR: access denied" >&2; exit 1', "unauthenticated"],
  ["that fails", 'echo "no route" >&2; exit 1', "refused"],
  ["that never begins", "exec sleep 1000", "timed-out"],
  ["that prints a prompt", "echo 'root@worker-7:~# '; exit 0", "refused"],
])("a tool %s", async (_, script, reason) => {
  const opened = await open(script);
  expect(opened.ok ? "open" : opened.problem.reason).toBe(reason);
});
