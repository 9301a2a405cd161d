import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parsedKey } from "../../src/platform/ssh/credentials.ts";
import { keyAgent } from "../../src/platform/ssh/openssh/agent.ts";
import { ask, localProcesses, type Office, office, target, until } from "../support/sshd-desk.ts";

/** Whom we trust, who trusts us, and the ways in between. */
let at: Office;
beforeEach(() => {
  at = office();
});
afterEach(() => at.close());

const both = ["ssh2", "openssh"] as const;

/** The reason there is no session, or what the node echoed. */
async function outcome(opened: Awaited<ReturnType<Office["open"]>>): Promise<string> {
  if (!opened.ok) return opened.problem.reason;
  const answer = await ask(opened.value, ["echo", "hello"]);
  opened.value.close();
  return answer.kind === "value" ? answer.stdout : answer.kind;
}

describe.each(both)("the host's key over %s", (transport) => {
  test("in a hashed known_hosts", async () => {
    const sshd = await at.sshd();
    at.keygen("-H", "-f", at.path("known_hosts"));
    expect(readFileSync(at.path("known_hosts"), "utf8")).toMatch(/^\|1\|/);
    expect(await outcome(await at.open(sshd, { transport }))).toBe("hello\n");
  });

  test("under the node's name instead of its address", async () => {
    const sshd = await at.sshd();
    at.file("known_hosts", `[worker-7]:${sshd.port} ${sshd.hostPublicKey}\n`);
    expect(await outcome(await at.open(sshd, { transport }))).toBe("hello\n");
  });

  test.each<[string, string, (key: string, other: string) => string]>([
    ["unknown", "host-key-unknown", () => ""],
    ["changed", "host-key-changed", (_, other) => other],
    ["revoked", "host-key-changed", (key) => `@revoked * ${key}`],
  ])("%s: refused with its fingerprint and what to do, and nobody logs in", async (_, reason, line) => {
    const sshd = await at.sshd();
    const other = at.key("other").split(" ").slice(0, 2).join(" ");
    const text = line(sshd.hostPublicKey, `[127.0.0.1]:${sshd.port} ${other}`);
    at.file(
      "known_hosts",
      text.startsWith("@") ? `${text}\n[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey}\n` : `${text}\n`,
    );
    const opened = await at.open(sshd, { transport });
    expect(opened).toMatchObject({ ok: false, problem: { reason, grant: expect.any(String) } });
    const detail = opened.ok ? "" : opened.problem.detail;
    expect(detail).toContain(fingerprintOf(sshd.hostPublicKey));
    expect(sshd.log()).not.toContain("Accepted publickey");
  });

  test("no ssh_config makes us trust a host", async () => {
    const sshd = await at.sshd();
    at.file("known_hosts", "");
    const trusting =
      "Host *\n StrictHostKeyChecking no\n UserKnownHostsFile /dev/null\n NoHostAuthenticationForLocalhost yes\n";
    const configFile = at.file("config", trusting);
    expect(await outcome(await at.open(sshd, { transport, configFile }))).toBe("host-key-unknown");
  });
});

function fingerprintOf(publicKey: string): string {
  at.file("shown.pub", `${publicKey}\n`);
  return (
    execFileSync("ssh-keygen", ["-lf", at.path("shown.pub")])
      .toString()
      .split(" ")[1] ?? "?"
  );
}

describe("host certificates", () => {
  async function vouched(name: string) {
    const authority = at.key("host-ca");
    const publicKey = at.key("host");
    at.keygen("-s", at.path("host-ca"), "-h", "-I", "host", "-n", name, "-V", "+1h", at.path("host.pub"));
    const hostKey = readFileSync(at.path("host"), "utf8");
    const hostCertificate = readFileSync(at.path("host-cert.pub"), "utf8");
    const sshd = await at.sshd({ hostKey, hostCertificate });
    at.file("known_hosts", `@cert-authority * ${authority}\n`);
    return { sshd, publicKey };
  }

  test.each(["127.0.0.1", "worker-7"])("made out to %s: OpenSSH is chosen and checks it", async (name) => {
    const { sshd } = await vouched(name);
    expect(await outcome(await at.open(sshd))).toBe("hello\n");
  });

  test("the built-in client says what to set", async () => {
    const { sshd } = await vouched("127.0.0.1");
    const opened = await at.open(sshd, { transport: "ssh2" });
    expect(opened).toMatchObject({
      problem: { reason: "not-configured", grant: expect.stringContaining("transport: openssh") },
    });
  });

  test("made out to another host: refused", async () => {
    const { sshd } = await vouched("worker-8");
    expect(await outcome(await at.open(sshd))).toBe("host-key-unknown");
  });
});

describe("who we are", () => {
  test("a user certificate, which OpenSSH shows", async () => {
    const authority = at.key("user-ca");
    at.key("me");
    at.keygen("-s", at.path("user-ca"), "-I", "bot", "-n", "root", "-V", "-1h:+1h", at.path("me.pub"));
    const sshd = await at.sshd({ config: [`TrustedUserCAKeys ${at.file("ca.pub", `${authority}\n`)}`] });
    expect(await outcome(await at.open(sshd, { identityFile: at.path("me") }))).toBe("hello\n");
    const certificateFile = at.path("me-cert.pub");
    const apart = { identityFile: at.file("apart", readFileSync(at.path("me"), "utf8")), certificateFile };
    expect(await outcome(await at.open(sshd, apart))).toBe("hello\n");
  });

  test("a certificate that has lapsed is not tried", async () => {
    at.key("user-ca");
    at.key("me");
    at.keygen("-s", at.path("user-ca"), "-I", "bot", "-n", "root", "-V", "-2h:-1h", at.path("me.pub"));
    const sshd = await at.sshd();
    const opened = await at.open(sshd, { identityFile: at.path("me"), certificateFile: at.path("me-cert.pub") });
    expect(opened).toMatchObject({
      problem: { reason: "unauthenticated", detail: expect.stringMatching(/^credential expired .*\d\d:\d\d/) },
    });
    expect(sshd.log()).not.toContain("Connection from");
  });

  test.each(both)("a locked key with its passphrase in a file, over %s", async (transport) => {
    const allowed = [at.key("locked", "-N", "open sesame")];
    const sshd = await at.sshd({ allowed });
    const passphraseFile = at.file("passphrase", "open sesame\n");
    expect(await outcome(await at.open(sshd, { transport, identityFile: at.path("locked"), passphraseFile }))).toBe(
      "hello\n",
    );
    const wrong = { transport, identityFile: at.path("locked"), passphraseFile: at.file("wrong", "open\n") };
    expect(await outcome(await at.open(sshd, wrong))).toBe("unauthenticated");
  });

  test.each([
    ["rsa", "2048"],
    ["ecdsa", "521"],
  ])("a locked %s key over OpenSSH", async (type, bits) => {
    at.keygen("-t", type, "-b", bits, "-f", at.path(type), "-N", "open sesame");
    const sshd = await at.sshd({ allowed: [readFileSync(at.path(`${type}.pub`), "utf8").trim()] });
    const passphraseFile = at.file("passphrase", "open sesame\n");
    const locked = { transport: "openssh", identityFile: at.path(type), passphraseFile } as const;
    expect(await outcome(await at.open(sshd, locked))).toBe("hello\n");
  });

  test.each(both)("a key that only an agent holds, over %s", async (transport) => {
    const sshd = await at.sshd({ allowed: [at.key("held")] });
    const key = parsedKey(readFileSync(at.path("held")), undefined);
    if (typeof key === "string") throw new Error(key);
    const agent = await keyAgent(at.path("agent"), key);
    expect(await outcome(await at.open(sshd, { transport, identityFile: at.path("none"), agent: agent.socket }))).toBe(
      "hello\n",
    );
    await agent.close();
  });

  test.each(both)("refused over %s: said, and after three times nobody is asked", async (transport) => {
    at.key("stranger");
    const sshd = await at.sshd();
    const opener = at.opener(sshd, { transport, identityFile: at.path("stranger") });
    const reasons = [];
    for (let times = 0; times < 4; times += 1) reasons.push(await outcome(await opener.open(target)));
    expect(reasons).toEqual(Array(4).fill("unauthenticated"));
    expect(sshd.log().match(/Connection from/g)).toHaveLength(3);
    expect(await opener.open(target)).toMatchObject({ problem: { grant: expect.stringMatching(/30 minutes/) } });
  });
});

describe("the way there", () => {
  const config = (port: number) => `Host jump\n HostName 127.0.0.1\n Port ${port}\n User reader\n`;

  test.each(both)("two bastions over %s, each with its own user, from an included file", async (transport) => {
    const [node, first, second] = [await at.sshd(), await at.sshd(), await at.sshd()];
    const text = `${config(first.port)}Host second\n HostName 127.0.0.1\n Port ${second.port}\nHost worker-*\n ProxyJump jump,second\n`;
    const included = at.file("more.conf", text);
    const configFile = at.file("config", `Include ${included}\n`);
    expect(await outcome(await at.open(node, { transport, configFile }))).toBe("hello\n");
    expect(first.log()).toContain("Accepted publickey for reader");
    expect(second.log()).toContain("Accepted publickey for root");
    await until(() => first.processes().length + second.processes().length === 0);
    await until(() => localProcesses("/nw-").length === 0);
  });

  test.each(both)("a bastion that nobody knows ends it over %s", async (transport) => {
    const [node, bastion] = [await at.sshd(), await at.sshd()];
    at.file("known_hosts", `[127.0.0.1]:${node.port} ${node.hostPublicKey}\n`);
    const text = `${config(bastion.port)} StrictHostKeyChecking no\nHost worker-*\n ProxyJump jump\n`;
    const opened = await at.open(node, { transport, configFile: at.file("config", text) });
    expect(opened).toMatchObject({ problem: { reason: "host-key-unknown" } });
    expect(opened.ok ? "" : opened.problem.detail).toContain(fingerprintOf(bastion.hostPublicKey));
    expect(bastion.log()).not.toContain("Accepted");
  });

  test.each(both)("a bastion that lets nobody in is left alone after three times over %s", async (transport) => {
    const [node, bastion] = [await at.sshd(), await at.sshd({ config: ["AllowUsers nobody"] })];
    const configFile = at.file("config", `${config(bastion.port)}Host worker-*\n ProxyJump jump\n`);
    const opener = at.opener(node, { transport, configFile });
    for (let times = 0; times < 4; times += 1) expect(await outcome(await opener.open(target))).toBe("unauthenticated");
    expect(bastion.log().match(/Connection from/g)).toHaveLength(3);
  });

  test("a ProxyCommand and a Match block: OpenSSH is chosen", async () => {
    const node = await at.sshd();
    const pipe = at.file("pipe.mjs", pipeProgram);
    const text = `Match originalhost worker-7\n ProxyCommand "${process.execPath}" "${pipe}" %h %p\n`;
    const configFile = at.file("config", text);
    expect(await outcome(await at.open(node, { configFile }))).toBe("hello\n");
    expect(await outcome(await at.open(node, { configFile, transport: "ssh2" }))).toBe("not-configured");
    await until(() => localProcesses(pipe).length === 0);
  });

  test("a Match block that speaks of others does not matter", async () => {
    const node = await at.sshd();
    const configFile = at.file("config", "Match host bastion-*\n User nobody\n");
    expect(await outcome(await at.open(node, { configFile, transport: "ssh2" }))).toBe("hello\n");
  });
});

const pipeProgram = `import { connect } from "node:net";
const [host, port] = process.argv.slice(2);
const socket = connect(Number(port), host);
process.stdin.pipe(socket).pipe(process.stdout);
`;
