import { afterEach, describe, expect, test } from "@jest/globals";
import { type Desk, desk } from "../../../test/support/ssh-login.ts";
import { type SshNode, startSshNode } from "../../../test/support/ssh-node.ts";

let node: SshNode;
let at: Desk;
afterEach(async () => {
  await node.close();
  await at.clear();
});

/** The file matters, and no setting. */
const nothing = async (written: Promise<string>): Promise<object> => {
  await written;
  return {};
};

describe("what only OpenSSH can do is said in one line, with what to set", () => {
  test.each<[string, (at: Desk, publicKey: string) => Promise<Partial<Desk["settings"]>>]>([
    ["a Match block", async (at) => ({ configFile: await at.file("config", "Match user root\n Port 1\n") })],
    [
      "a ProxyCommand",
      async (at) => ({ configFile: await at.file("config", "Host worker-*\n ProxyCommand nc %h %p\n") }),
    ],
    ["a CertificateFile", async (at) => ({ configFile: await at.file("config", "CertificateFile ~/.ssh/c.pub\n") })],
    ["a certificate", async (at) => ({ certificateFile: await at.file("c.pub", "") })],
    ["a certificate beside the key", async (at) => nothing(at.file("id-cert.pub", ""))],
    ["a security key", async (at) => nothing(at.file("id.pub", "sk-ssh-ed25519@openssh.com AAAA"))],
    ["an authority", async (at, key) => nothing(at.file("known_hosts", `@cert-authority * ${key}\n`))],
  ])("%s", async (_, arrange) => {
    node = await startSshNode();
    at = await desk(node);
    const more = await arrange(at, node.publicKey);
    expect(await at.open({ ...more, transport: "ssh2" })).toMatchObject({
      problem: { reason: "not-configured", grant: expect.stringContaining("transport: openssh") },
    });
    expect(node.logins()).toBe(0);
  });
});
