import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { loadRegistry } from "../../src/collect/registry.ts";
import { collect } from "../../src/collect/run.ts";
import { addressBook } from "../../src/collect/sources/address.ts";
import { type Evidence, unavailable } from "../../src/evidence/evidence.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { type OnExec, reply, type SshNode, type SshNodeOptions, startOf, startSshNode } from "../support/ssh-node.ts";
import { ask, localProcesses, type Office, office, target, until } from "../support/sshd-desk.ts";

/** Nodes with hardly a userland, and servers that mean no good; OpenSSH's client in front of them. */
let at: Office;
const opened: { readonly close: () => Promise<void> }[] = [];
beforeEach(() => {
  at = office();
});
afterEach(async () => {
  await at.close();
  for (const { close } of opened.splice(0)) await close();
});

describe("a node that has busybox and nothing else", () => {
  const before = `
root=/run/root
mkdir -p $root/bin $root/proc $root/dev $root/root $root/etc
cp /usr/bin/busybox $root/bin/busybox
for tool in $(busybox --list); do ln -s busybox $root/bin/$tool 2>/dev/null || true; done
rm -f $root/bin/bash $root/bin/sudo
mount --bind /proc $root/proc
mknod -m 666 $root/dev/null c 1 3 && mknod -m 666 $root/dev/zero c 1 5
echo root:x:0:0::/root:/bin/sh > $root/etc/passwd
sed 's#^root:.*#root:x:0:0:root:/root:/bin/sh#' /etc/passwd >/run/passwd && cat /run/passwd >/etc/passwd
`;
  const sshd = () => at.sshd({ before, config: ["ChrootDirectory /run/root"] });

  test("answers; what hangs is killed with its children", async () => {
    const node = await sshd();
    const over = await at.session(node);
    expect(await ask(over, ["ps"])).toMatchObject({ kind: "value", stdout: expect.stringContaining("sshd") });
    expect(await ask(over, ["bash", "-c", "true"])).toMatchObject({ reason: "tool-missing" });
    const hanging = ["sh", "-c", "trap '' TERM; sleep 1000 >/dev/null 2>&1 & sleep 1000"];
    expect(await ask(over, hanging, { timeoutMs: 1_000 })).toMatchObject({ reason: "hung" });
    await until(() => node.processes().every((words) => words.startsWith("sshd")));
  });

  test("every probe gets an answer that says what it is", async () => {
    const node = await sshd();
    const { probes } = await loadRegistry();
    const items = await diagnosed(probes.filter(({ via }) => via.source === "ssh"));
    async function diagnosed(asked: typeof probes): Promise<readonly Evidence[]> {
      const ports = {
        clock: systemClock,
        kubernetes: { get: async () => unavailable("refused", "no API here") },
        ssh: at.opener(node),
        local: { connect: async () => unavailable("not-asked", "") },
        addresses: addressBook("InternalIP", [{ name: "worker-7", address: "127.0.0.1" }]),
      };
      const request = { node: "worker-7", cluster: "lab", at: "2026-11-21T12:00:00.000Z", probes: asked };
      return (await collect({ ...request, readers: () => new Map() }, ports)).items;
    }
    const kinds = new Set(items.map(({ answer }) => (answer.kind === "unavailable" ? answer.reason : answer.kind)));
    kinds.delete("not-asked"); // waits for a fact that nothing here provides
    expect([...kinds].sort()).toEqual(["tool-missing", "value"]);
    const processes = items.find(({ probe }) => probe === "processes")?.answer;
    expect(processes).toMatchObject({ detail: expect.stringContaining("BusyBox") });
    await until(() => node.processes().length === 0);
  });
});

describe("OpenSSH's client before a server that", () => {
  async function server(options: SshNodeOptions): Promise<SshNode> {
    const node = await startSshNode(options);
    opened.push(node);
    at.file("known_hosts", `[127.0.0.1]:${node.port} ${node.publicKey.split(" ").slice(0, 2).join(" ")}\n`);
    return node;
  }
  const session = async (onExec: OnExec) => at.session(await server({ onExec }), { transport: "openssh" });

  async function listener(onConnection: (socket: Socket) => void): Promise<{ readonly port: number }> {
    const sockets: Socket[] = [];
    const made = createServer((socket) => {
      sockets.push(socket.on("error", () => undefined));
      onConnection(socket);
    });
    await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
    const close = (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => made.close(() => resolve()));
    };
    opened.push({ close });
    return { port: (made.address() as AddressInfo).port };
  }

  test.each<[string, string, (socket: Socket) => void]>([
    ["accepts and says nothing", "timed-out", () => undefined],
    ["hangs up", "refused", (socket) => socket.end()],
    ["says who it is and hangs up", "refused", (socket) => socket.end("SSH-2.0-x\r\n")],
    ["speaks something else", "refused", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    [
      "sends a gigabyte before it says who it is",
      "refused",
      (socket) => {
        const more = (): void => {
          while (socket.writable && socket.write("x".repeat(100_000)));
        };
        socket.on("drain", more);
        more();
      },
    ],
  ])("%s", async (_, reason, onConnection) => {
    const { port } = await listener(onConnection);
    const result = await at.open({ port }, { transport: "openssh", connectTimeoutMs: 1_000, loginTimeoutMs: 1_000 });
    expect(result.ok ? "open" : result.problem.reason).toBe(reason);
    await until(() => localProcesses("/nw-").length === 0);
  });

  test("is slow to let anybody in", async () => {
    const node = await server({ onExec: () => undefined, slowLogin: true });
    const times = { connectTimeoutMs: 500, loginTimeoutMs: 500 };
    expect(await at.open(node, { transport: "openssh", ...times })).toMatchObject({ problem: { reason: "timed-out" } });
    await until(() => localProcesses("/nw-").length === 0);
  });

  test("is given up at the deadline", async () => {
    const controller = new AbortController();
    const { port } = await listener(() => controller.abort());
    const result = await at.opener({ port }, { transport: "openssh" }).open(target, controller.signal);
    expect(result).toMatchObject({ problem: { reason: "timed-out" } });
    await until(() => localProcesses("/nw-").length === 0);
  });

  test("sends a gigabyte", async () => {
    let sent = 0;
    const block = Buffer.alloc(1_000_000, "x");
    const over = await session((line, channel) => {
      channel.write(startOf(line));
      const more = (): void => {
        while (channel.writable && sent < 1e9) {
          sent += block.length;
          if (!channel.write(block)) return;
        }
      };
      channel.on("drain", more);
      more();
    });
    const answer = await ask(over, ["cat"], { maxBytes: 50_000 });
    expect(answer).toMatchObject({ kind: "value", truncated: true });
    expect(sent).toBeLessThan(100e6);
  });

  test("sends control characters and a prompt of its own: bytes like any others", async () => {
    const nasty = "\x1b]0;pwned\x07\x1b[2J\r\nroot@worker-7:~# \x00\n";
    const over = await session((line, channel) => {
      channel.write(`Password: \x1b[8m\r\nnode-why-000000000000 1\r\n`);
      reply(line, channel, { stdout: nasty });
    });
    expect(await ask(over, ["cat"])).toMatchObject({ kind: "value", stdout: nasty });
  });

  test("goes away in the middle", async () => {
    const over = await session((line, channel, connection) => {
      channel.write(`${startOf(line)}half`, () => connection.end());
    });
    expect(await ask(over, ["cat"])).toMatchObject({ reason: "cut-off" });
    expect(await ask(over, ["cat"])).toMatchObject({ reason: "cut-off" });
  });

  test("gives no session", async () => {
    const over = await at.session(await server({ maxSessions: 0 }), { transport: "openssh" });
    expect(await ask(over, ["true"], { timeoutMs: 500 })).toMatchObject({ reason: "refused" });
  });

  test("never runs anything", async () => {
    const over = await session(() => undefined);
    expect(await ask(over, ["true"], { timeoutMs: 500 })).toMatchObject({ reason: "timed-out" });
  });
});
