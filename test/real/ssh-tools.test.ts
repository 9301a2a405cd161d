import { chmodSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { SshSettings } from "../../src/platform/ssh/settings.ts";
import { ask, localProcesses, type Office, office, target, until } from "../support/sshd-desk.ts";

/** Logins through somebody else's program: the transport `exec`, and `credential.exec`. */
let at: Office;
beforeEach(() => {
  at = office();
});
afterEach(() => at.close());

const program = (name: string, text: string): string => {
  const path = at.file(name, `#!${process.execPath}\n${text}`);
  chmodSync(path, 0o755);
  return path;
};

describe("a configured tool", () => {
  /** Like the tools of clouds: greets, mixes the streams, ends lines as terminals do, says goodbye and loses the status. */
  const careless = `import { spawn } from "node:child_process";
const [user, host, port, line] = process.argv.slice(2);
process.stdout.write("Starting session with SessionId: x-0a1b\\r\\n");
const options = ["-i", "ID", "-o", "UserKnownHostsFile=KNOWN", "-o", "BatchMode=yes", "-p", port];
const ssh = spawn("ssh", [...options, user + "@" + host, line], { stdio: ["ignore", "pipe", "pipe"] });
const pass = (chunk) => process.stdout.write(chunk.toString("latin1").replaceAll("\\n", "\\r\\n"), "latin1");
ssh.stdout.on("data", pass);
ssh.stderr.on("data", pass);
ssh.on("close", () => process.stdout.write("Exiting session with sessionId: x-0a1b\\r\\n"));
`;
  const tool = (sshd: { readonly port: number }, argv?: readonly string[]): Partial<SshSettings> => {
    const text = careless.replace("ID", at.path("id")).replace("KNOWN", at.path("known_hosts"));
    const path = program("tool.mjs", text);
    return { transport: "exec", exec: { argv: argv ?? [path, "{user}", "{host}", String(sshd.port), "{command}"] } };
  };

  test("answers with words, lines and status as they were, whatever the tool adds", async () => {
    const sshd = await at.sshd();
    const over = await at.session(sshd, tool(sshd));
    const hostile = "$(id) `id` '; echo no";
    expect(await ask(over, ["printf", "%s\\n", hostile, "two"])).toMatchObject({
      stdout: `${hostile}\ntwo\n`,
      exitCode: 0,
    });
    expect(await ask(over, ["sh", "-c", "echo half; exit 3"])).toMatchObject({ stdout: "half\n", exitCode: 3 });
    expect(await ask(over, ["no-such-tool"])).toMatchObject({ reason: "tool-missing" });
    const asUser = await at.session(sshd, { ...tool(sshd), user: "reader" });
    expect(await ask(asUser, ["id"], { sudo: true })).toMatchObject({ reason: "sudo-refused" });
  });

  test("what hangs is ended on the node, and the tool here", async () => {
    const sshd = await at.sshd();
    const over = await at.session(sshd, tool(sshd));
    const hanging = ["sh", "-c", "trap '' TERM; sleep 1000 & sleep 1000"];
    expect(await ask(over, hanging, { timeoutMs: 1_000 })).toMatchObject({ reason: "hung" });
    const controller = new AbortController();
    const asking = ask(over, hanging, { timeoutMs: 60_000 }, controller.signal);
    await until(() => sshd.processes().filter((words) => words.startsWith("sleep 1000")).length === 2);
    controller.abort();
    over.close();
    expect(await asking).toMatchObject({ reason: "timed-out" });
    await until(() => sshd.processes().length === 0);
    await until(() => localProcesses("tool.mjs").length === 0);
  });

  test("a flood is cut", async () => {
    const sshd = await at.sshd();
    const over = await at.session(sshd, tool(sshd));
    const answer = await ask(over, ["yes", "0123456789"], { maxBytes: 5_000, timeoutMs: 20_000 });
    expect(answer).toMatchObject({ kind: "value", truncated: true });
    expect(answer.kind === "value" && answer.stdout.length).toBeLessThanOrEqual(5_000);
    await until(() => sshd.processes().length === 0);
  });

  test("a tool that hands words on needs no shell at all", async () => {
    const words = program(
      "words.mjs",
      'import { spawn } from "node:child_process";\nconst [, ...argv] = process.argv.slice(2);\nspawn(argv[0], argv.slice(1), { stdio: "inherit" });\n',
    );
    const over = await at.session(
      { port: 1 },
      { transport: "exec", exec: { argv: [words, "{node}", "{command...}"] } },
    );
    expect(await ask(over, ["printf", "%s\\n", "a b", "'"])).toMatchObject({ stdout: "a b\n'\n", exitCode: 0 });
  });

  test.each<[string, string, string]>([
    ["is not there", "", "not-configured"],
    [
      "says that nobody is logged in",
      'console.error("ERROR: access denied to root connecting to worker-7");process.exitCode = 1;',
      "unauthenticated",
    ],
    ["ends without a word", "", "refused"],
    ["never begins", "setInterval(() => {}, 1000);", "timed-out"],
    [
      "floods before it begins",
      'const t = () => { while (process.stdout.write("x".repeat(65536))); };process.stdout.on("drain", t);t();',
      "refused",
    ],
  ])("that %s", async (name, text, reason) => {
    const path = name === "is not there" ? at.path("nowhere") : program("tool.mjs", text);
    const exec = { argv: [path, "{host}", "{command}"], startTimeoutMs: 2_000 };
    const opened = await at.open({ port: 1 }, { transport: "exec", exec });
    expect(opened.ok ? "open" : opened.problem.reason).toBe(reason);
    await until(() => localProcesses("tool.mjs").length === 0);
  });

  test("a node whose name is no plain word is not asked", async () => {
    const path = program("tool.mjs", "console.log(1)");
    const opener = at.opener({ port: 1 }, { transport: "exec", exec: { argv: [path, "{node}", "{command}"] } });
    for (const node of ["-oProxyCommand=x", "a b", "a;b", ""]) {
      expect(await opener.open({ node, address: "127.0.0.1" })).toMatchObject({ problem: { reason: "not-asked" } });
    }
  });
});

describe("a credential from a program", () => {
  /** Issues a certificate for so many seconds from `from` on, and counts how often it did. */
  const issuer = (validity: string, print: string): string =>
    program(
      "issue.mjs",
      `import { execFileSync } from "node:child_process";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
const folder = ${JSON.stringify(at.folder)};
appendFileSync(folder + "/issued", "x");
for (const name of ["short", "short.pub", "short-cert.pub"]) rmSync(folder + "/" + name, { force: true });
execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder + "/short"]);
execFileSync("ssh-keygen", ["-q", "-s", folder + "/authority", "-I", "bot", "-n", "root", "-V", ${JSON.stringify(validity)}, folder + "/short.pub"]);
const privateKey = readFileSync(folder + "/short", "utf8");
const certificate = readFileSync(folder + "/short-cert.pub", "utf8");
for (const name of ["short", "short.pub", "short-cert.pub"]) rmSync(folder + "/" + name, { force: true });
console.log(JSON.stringify(${print}));
`,
    );
  const issued = (): number => readFileSync(at.path("issued"), "utf8").length;
  const authority = (): string[] => [`TrustedUserCAKeys ${at.file("ca.pub", `${at.key("authority")}\n`)}`];

  test("key and certificate never lie in a file of ours; it is fetched once while it holds", async () => {
    const sshd = await at.sshd({ config: authority() });
    const argv = [issuer("-1m:+10m", "{ privateKey, certificate }")];
    const opener = at.opener(sshd, { identityFile: at.path("none"), credential: { argv } });
    for (let times = 0; times < 3; times += 1) {
      const opened = await opener.open(target);
      if (!opened.ok) throw new Error(opened.problem.detail);
      expect(await ask(opened.value, ["echo", "hello"])).toMatchObject({ stdout: "hello\n" });
      opened.value.close();
    }
    expect(issued()).toBe(1);
  });

  test("it is renewed before it ends", async () => {
    const sshd = await at.sshd({ config: authority() });
    const argv = [issuer("-1m:+1m", "{ privateKey, certificate }")];
    const opener = at.opener(sshd, { identityFile: at.path("none"), credential: { argv, renewBeforeMs: 120_000 } });
    const [first, second] = [await opener.open(target), await opener.open(target)];
    expect([first.ok, second.ok, issued()]).toEqual([true, true, 2]);
    for (const one of [first, second]) if (one.ok) one.value.close();
  });

  test("one that has lapsed is said with its time, and nobody is asked", async () => {
    const sshd = await at.sshd({ config: authority() });
    const argv = [issuer("-2h:-1h", "{ privateKey, certificate }")];
    const opened = await at.open(sshd, { credential: { argv } });
    expect(opened).toMatchObject({
      problem: { reason: "unauthenticated", detail: expect.stringMatching(/^credential expired (\S+ )?\d\d:\d\d/) },
    });
    expect(sshd.log()).not.toContain("Connection from");
  });

  test("a plain key is enough for the built-in client", async () => {
    const sshd = await at.sshd();
    const key = readFileSync(at.path("id"), "utf8");
    const argv = [
      program("key.mjs", `console.log(JSON.stringify({ privateKey: ${JSON.stringify(key)}, user: "reader" }));`),
    ];
    const opened = await at.open(sshd, { transport: "ssh2", identityFile: at.path("none"), credential: { argv } });
    if (!opened.ok) throw new Error(opened.problem.detail);
    expect(await ask(opened.value, ["id", "-un"])).toMatchObject({ stdout: "reader\n" });
    opened.value.close();
  });

  test.each<[string, string]>([
    ["no JSON", 'console.log("-----BEGIN OPENSSH PRIVATE KEY----- secret")'],
    ["something else", 'console.log(JSON.stringify({ privateKey: "secret" }))'],
    ["an unknown part", 'console.log(JSON.stringify({ extra: "secret" }))'],
    ["a relative path", 'console.log(JSON.stringify({ identityFile: "../secret" }))'],
    ["too much", 'process.stdout.write("secret".repeat(1e6))'],
    ["nothing, and fails", 'console.error("no ticket"); process.exit(1)'],
  ])("one that prints %s: said without repeating it", async (_, text) => {
    const argv = [program("bad.mjs", text)];
    const opened = await at.open({ port: 1 }, { credential: { argv } });
    expect(opened).toMatchObject({ problem: { reason: "unauthenticated" } });
    expect(JSON.stringify(opened)).not.toContain("secret");
  });

  test("one that hangs is ended in time", async () => {
    const argv = [program("hangs.mjs", "setInterval(() => {}, 1000)")];
    const opened = await at.open({ port: 1 }, { credential: { argv, timeoutMs: 500 } });
    expect(opened).toMatchObject({ problem: { reason: "unauthenticated" } });
    await until(() => localProcesses("hangs.mjs").length === 0);
  });
});
