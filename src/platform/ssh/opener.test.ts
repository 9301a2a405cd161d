import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import ssh2 from "ssh2";
import { type Desk, desk, knownHostsLine } from "../../../test/support/ssh-login.ts";
import { keyPair, type SshNode, type SshNodeOptions, startSshNode } from "../../../test/support/ssh-node.ts";

const opened: { clear: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const { clear } of opened.splice(0)) await clear();
});

async function place(options: SshNodeOptions = {}): Promise<{ readonly node: SshNode; readonly at: Desk }> {
  const node = await startSshNode(options);
  const at = await desk(node);
  opened.push({ clear: () => node.close() }, at);
  return { node, at };
}

const limits = { timeoutMs: 5_000, maxBytes: 1_000 };
const echo = { argv: ["echo", "hello"], sudo: false, limits, keep: "head" } as const;

/** The reason there is no session, or what the node echoed. */
async function outcome(result: Awaited<ReturnType<Desk["open"]>>): Promise<string> {
  if (!result.ok) return result.problem.reason;
  const answer = await result.value.run(echo);
  result.value.close();
  return answer.kind === "value" ? answer.stdout : answer.kind;
}

describe("the host's key", () => {
  test("known: logs in", async () => {
    const { at } = await place();
    expect(await outcome(await at.open())).toBe("hello\n");
  });

  test("unknown: refused before any login, with the fingerprint and what to do", async () => {
    const { node, at } = await place();
    const result = await at.open({ knownHostsFile: `${at.folder}/none` });
    expect(result).toMatchObject({
      problem: { reason: "host-key-unknown", detail: expect.stringMatching(/SHA256:\S{43}/) },
    });
    expect(result).toMatchObject({ problem: { grant: expect.stringContaining(`${at.folder}/none`) } });
    expect(node.logins()).toBe(0);
  });

  test.each<[string, string, (port: number, publicKey: string) => string]>([
    ["changed", "host-key-changed", (port) => knownHostsLine({ port, publicKey: keyPair().public })],
    [
      "revoked",
      "host-key-changed",
      (port, publicKey) => `@revoked * ${publicKey}\n${knownHostsLine({ port, publicKey })}`,
    ],
  ])("%s: refused before any login", async (_, reason, file) => {
    const { node, at } = await place();
    await at.file("known_hosts", file(node.port, node.publicKey));
    expect(await outcome(await at.open())).toBe(reason);
    expect(node.logins()).toBe(0);
  });

  test("of several, the one that known_hosts has is asked for", async () => {
    const rsa = ssh2.utils.generateKeyPairSync("rsa", { bits: 2048 });
    const { node, at } = await place({ hostKeys: [keyPair().private, rsa.private] });
    await at.file("known_hosts", knownHostsLine({ port: node.port, publicKey: rsa.public }));
    expect(await outcome(await at.open())).toBe("hello\n");
  });
});

describe("logging in", () => {
  test("with a locked key and its passphrase from a file", async () => {
    const locked = keyPair("open sesame");
    const { at } = await place({ allowed: [locked.public] });
    const identityFile = await at.file("locked", locked.private);
    const passphraseFile = await at.file("passphrase", "open sesame\n");
    expect(await outcome(await at.open({ identityFile, passphraseFile }))).toBe("hello\n");
    expect(await at.open({ identityFile })).toMatchObject({
      problem: { reason: "unauthenticated", grant: expect.stringContaining("passphraseFile") },
    });
  });

  test("with an agent", async () => {
    const { at } = await place();
    const held = keyPair();
    const agent = await agentWith(held.private, `${at.folder}/agent`);
    const { at: strict } = await place({ allowed: [held.public] });
    expect(await outcome(await strict.open({ identityFile: `${at.folder}/none`, agent }))).toBe("hello\n");
  });

  test("an agent that is gone costs its keys only", async () => {
    const { at } = await place();
    const agent = `${at.folder}/no-agent`;
    expect(await outcome(await at.open({ agent }))).toBe("hello\n");
    expect(await outcome(await at.open({ agent, identityFile: `${at.folder}/none` }))).toBe("unauthenticated");
  });

  test("without a usable key: nobody is asked", async () => {
    const { node, at } = await place();
    expect(await outcome(await at.open({ identityFile: `${at.folder}/none` }))).toBe("unauthenticated");
    expect(node.logins()).toBe(0);
  });

  test("refused: says which key to allow, and stops after three", async () => {
    const { node, at } = await place({ allowed: [] });
    const opener = at.opener();
    const reasons: unknown[] = [];
    for (let times = 0; times < 5; times += 1) {
      const result = await opener.open({ address: "127.0.0.1", node: "worker-7" });
      reasons.push(result.ok ? "open" : result.problem.reason);
      if (times === 0)
        expect(result).toMatchObject({
          problem: { grant: expect.stringContaining(at.key.public.split(" ")[1] ?? "?") },
        });
    }
    expect(reasons).toEqual(Array(5).fill("unauthenticated"));
    expect(node.logins()).toBe(3);
  });
});

describe("what does not answer as sshd does", () => {
  async function listener(onConnection: (socket: Socket) => void): Promise<number> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on("error", () => undefined));
      onConnection(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const clear = (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    };
    opened.push({ clear });
    return (server.address() as AddressInfo).port;
  }

  test("nobody listens", async () => {
    const { node, at } = await place();
    await node.close();
    opened.splice(0, 1);
    expect(await outcome(await at.open())).toBe("refused");
  });

  test("accepts and says nothing", async () => {
    const { at } = await place();
    const port = await listener(() => undefined);
    expect(await outcome(await at.open({ port, loginTimeoutMs: 200 }))).toBe("timed-out");
  });

  test("is slow to let anybody in", async () => {
    const { at } = await place({ slowLogin: true });
    expect(await outcome(await at.open({ loginTimeoutMs: 200 }))).toBe("timed-out");
  });

  test("hangs up", async () => {
    const { at } = await place();
    expect(await outcome(await at.open({ port: await listener((socket) => socket.end()) }))).toBe("refused");
  });

  test("speaks something else, for ever", async () => {
    const { at } = await place();
    const port = await listener((socket) => {
      const talk = (): void => {
        while (socket.writable && socket.write("HTTP/1.1 400 Bad Request\r\n".repeat(1_000)));
      };
      socket.on("drain", talk);
      talk();
    });
    expect(await outcome(await at.open({ port }))).toBe("unreadable");
  });

  test("the deadline ends the wait", async () => {
    const { at } = await place();
    const controller = new AbortController();
    const port = await listener(() => controller.abort());
    const result = await at.opener({ port }).open({ address: "127.0.0.1", node: "worker-7" }, controller.signal);
    expect(await outcome(result)).toBe("timed-out");
  });
});

describe("through bastions", () => {
  async function two(options: SshNodeOptions = {}) {
    const { node, at } = await place();
    const { node: bastion } = await place({ forwards: true, ...options });
    await at.file("known_hosts", knownHostsLine(node) + knownHostsLine(bastion));
    return { node, at, bastion, proxyJump: `jump@127.0.0.1:${bastion.port}` };
  }

  test("one hop", async () => {
    const { node, at, bastion, proxyJump } = await two();
    expect(await outcome(await at.open({ proxyJump }))).toBe("hello\n");
    expect([node.logins(), bastion.logins()]).toEqual([1, 1]);
  });

  test("two hops, from an ssh_config", async () => {
    const { at, bastion, node } = await two();
    const { node: second } = await place({ forwards: true });
    await at.file("known_hosts", [node, bastion, second].map(knownHostsLine).join(""));
    const text = `Host first second\n HostName 127.0.0.1\nHost first\n Port ${bastion.port}\nHost second\n Port ${second.port}\nHost worker-*\n ProxyJump first,second\n`;
    expect(await outcome(await at.open({ configFile: await at.file("config", text) }))).toBe("hello\n");
    expect([bastion.logins(), second.logins()]).toEqual([1, 1]);
  });

  test("a bastion sees a few logins at a time", async () => {
    const { at, bastion, proxyJump } = await two();
    const opener = at.opener({ proxyJump, loginsAtOnce: 2 });
    const target = { address: "127.0.0.1", node: "worker-7" };
    const results = await Promise.all(Array.from({ length: 6 }, () => opener.open(target)));
    expect(await Promise.all(results.map(outcome))).toEqual(Array(6).fill("hello\n"));
    expect(bastion.mostAtOnce()).toBe(2);
  });

  test("the bastion's key is checked as well", async () => {
    const { node, at, proxyJump } = await two();
    await at.file("known_hosts", knownHostsLine(node));
    expect(await outcome(await at.open({ proxyJump }))).toBe("host-key-unknown");
  });

  test("and so is the node's behind it", async () => {
    const { at, bastion, proxyJump } = await two();
    await at.file("known_hosts", knownHostsLine(bastion));
    expect(await outcome(await at.open({ proxyJump }))).toBe("host-key-unknown");
  });

  test("a bastion that does not forward", async () => {
    const { at, proxyJump } = await two({ forwards: false });
    expect(await outcome(await at.open({ proxyJump }))).toBe("unreachable");
  });
});

/** An agent that holds one key, on a socket of its own. */
async function agentWith(privateKey: string, path: string): Promise<string> {
  const key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error || Array.isArray(key)) throw new Error("the test's own key cannot be read");
  const server = createServer((socket) => {
    const protocol = new ssh2.AgentProtocol(false);
    protocol.on("identities", (request) => protocol.getIdentitiesReply(request, [key]));
    protocol.on("sign", (request, _public, data) => protocol.signReply(request, key.sign(data)));
    socket.on("error", () => undefined);
    socket.pipe(protocol).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  opened.unshift({ clear: () => new Promise((resolve) => server.close(() => resolve())) });
  return path;
}
