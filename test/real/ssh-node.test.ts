import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadRegistry } from "../../src/collect/registry.ts";
import { collect } from "../../src/collect/run.ts";
import { addressBook } from "../../src/collect/sources/address.ts";
import { unavailable } from "../../src/evidence/evidence.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { ask, type Office, office, until } from "../support/sshd-desk.ts";

/** What a real sshd and its side see of us, over each transport that speaks SSH itself. */
let at: Office;
beforeEach(() => {
  at = office();
});
afterEach(() => at.close());

const hanging = ["sh", "-c", "trap '' TERM HUP; echo begun; sleep 1000 & sleep 1000"];

describe.each(["ssh2", "openssh"] as const)("over %s", (transport) => {
  test("a command gets its words as they are, and its status, errors and odd bytes come back", async () => {
    const over = await at.session(await at.sshd(), { transport });
    const hostile = "$(touch /tmp/x) `id` '; rm -rf / #";
    expect(await ask(over, ["printf", "%s\\n", hostile, "*"])).toMatchObject({
      stdout: `${hostile}\n*\n`,
      exitCode: 0,
    });
    const said = await ask(over, ["sh", "-c", "printf 'caf\\351\\n'; cat; echo no >&2; exit 3"]);
    expect(said).toMatchObject({ stdout: "caf\ufffd\n", stderr: "no\n", exitCode: 3 });
    expect(await ask(over, ["no-such-tool"])).toMatchObject({ reason: "tool-missing" });
  });

  test("a sshd that gives one session at a time answers everything in turn", async () => {
    const over = await at.session(await at.sshd({ config: ["MaxSessions 1"] }), { transport });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        ask(over, ["sh", "-c", `sleep 0.2; echo ${index}`], { timeoutMs: 1_000 }),
      ),
    );
    expect(answers.map((answer) => answer.kind === "value" && answer.stdout.trim())).toEqual([..."01234567"]);
  });

  test("a profile that chatters on both streams, and prompts, is no part of any answer", async () => {
    const says = 'echo "root@worker-7:~# node-why-000000000000 1"; echo "sudo: a password is required" >&2';
    const noisy = `#!/bin/sh\ni=0; while [ $i -lt 500 ]; do ${says}; i=$((i+1)); done; echo $i >>/run/rounds\nexec /bin/sh "$@"`;
    const before = `cat >/run/noisy <<'END'\n${noisy}\nEND\nchmod 755 /run/noisy; touch /run/rounds; chmod 666 /run/rounds`;
    const over = await at.session(await at.sshd({ before, shell: "/run/noisy" }), { transport, user: "reader" });
    expect(await ask(over, ["sh", "-c", "echo said; echo why >&2; exit 1"], { maxBytes: 4_000 })).toMatchObject({
      stdout: "said\n",
      stderr: "why\n",
      exitCode: 1,
      truncated: false,
    });
    expect(await ask(over, ["cat", "/run/rounds"])).toMatchObject({ stdout: expect.stringContaining("500\n500\n") });
  });

  test("what hangs is killed there with its children, and is reported as a hang", async () => {
    const sshd = await at.sshd();
    const over = await at.session(sshd, { transport });
    expect(await ask(over, hanging, { timeoutMs: 1_000 })).toMatchObject({ reason: "hung" });
    await until(() => sshd.processes().every((words) => words.startsWith("sshd")));
  });

  test.each(["root", "reader"])("what %s still runs at the deadline is killed there", async (user) => {
    const sshd = await at.sshd({ config: ["MaxSessions 1"] });
    const over = await at.session(sshd, { transport, user });
    const controller = new AbortController();
    const asking = ask(over, hanging, { timeoutMs: 60_000 }, controller.signal);
    await until(() => sshd.processes().filter((words) => words.startsWith("sleep 1000")).length === 2);
    controller.abort();
    over.close();
    expect(await asking).toMatchObject({ reason: "timed-out" });
    await until(() => sshd.processes().length === 0);
  });

  test("when the connection is cut, what ran is ended by its lifeline", async () => {
    const sshd = await at.sshd();
    const cut = await cuttable(sshd.port);
    at.file("known_hosts", `[127.0.0.1]:${cut.port} ${sshd.hostPublicKey}\n`);
    const over = await at.session(cut, { transport });
    const asking = ask(over, hanging, { timeoutMs: 60_000 });
    await until(() => sshd.processes().filter((words) => words.startsWith("sleep 1000")).length === 2);
    cut.now();
    expect(await asking).toMatchObject({ reason: "cut-off" });
    await until(() => sshd.processes().length === 0);
  });

  test("a flood is cut at its limit, and its source ends", async () => {
    const sshd = await at.sshd();
    const over = await at.session(sshd, { transport });
    const answer = await ask(over, ["cat", "/dev/zero"], { maxBytes: 50_000, timeoutMs: 20_000 });
    expect(answer).toMatchObject({ kind: "value", truncated: true });
    await until(() => sshd.processes().every((words) => words.startsWith("sshd")));
  });

  test("a whole diagnosis leaves no process and no file", async () => {
    const sshd = await at.sshd();
    const before = sshd.files();
    const { probes } = await loadRegistry();
    const items = await diagnose(probes.filter(({ via }) => via.source === "ssh"));
    async function diagnose(asked: typeof probes) {
      const ports = {
        clock: systemClock,
        kubernetes: { get: async () => unavailable("refused", "no API here") },
        ssh: at.opener(sshd, { transport }),
        local: { connect: async () => unavailable("not-asked", "") },
        addresses: addressBook("InternalIP", [{ name: "worker-7", address: "127.0.0.1" }]),
      };
      const request = { node: "worker-7", cluster: "lab", at: "2026-11-21T12:00:00.000Z", probes: asked };
      return (await collect({ ...request, readers: () => new Map() }, ports)).items;
    }
    const answered = items.filter(({ answer }) => answer.kind === "value");
    expect(answered.length).toBeGreaterThan(20);
    await until(() => sshd.processes().length === 0);
    expect(sshd.files()).toEqual(before);
  });
});

describe("sudo", () => {
  test("without it, what needs root says which line grants it; with that line it is answered", async () => {
    const none = await at.session(await at.sshd(), { user: "reader" });
    const refused = await ask(none, ["id", "-u"], { sudo: true });
    expect(refused).toMatchObject({
      reason: "sudo-refused",
      grant: "reader ALL=(root) NOPASSWD: /usr/bin/timeout -k 1 5 id -u",
    });
    const sudoers = refused.kind === "unavailable" ? refused.grant : "";
    const granted = await at.session(await at.sshd({ sudoers: sudoers ?? "" }), { user: "reader" });
    expect(await ask(granted, ["id", "-u"], { sudo: true })).toMatchObject({ stdout: "0\n" });
    expect(await ask(granted, ["id", "-g"], { sudo: true })).toMatchObject({ reason: "sudo-refused" });
  });

  test("what runs as root can only be ended by its own time limit: then it is gone", async () => {
    const sudoers = "reader ALL=(root) NOPASSWD: ALL";
    const sshd = await at.sshd({ sudoers });
    const over = await at.session(sshd, { user: "reader" });
    expect(await ask(over, hanging, { sudo: true, timeoutMs: 1_000 })).toMatchObject({ reason: "hung" });
    over.close();
    await until(() => sshd.processes().length === 0);
  });
});

/** A server in between whose connections can be torn down, as a network would. */
async function cuttable(to: number): Promise<{ readonly port: number; readonly now: () => void }> {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    for (const socket of [near, far]) sockets.push(socket.on("error", () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const now = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, now };
}
