import { describe, expect, test } from "@jest/globals";
import { explain } from "./explain.ts";

const attempt = { place: { host: "10.0.0.7", port: 22, knownHostsFile: "/kh" }, user: "ops" };
const sha = "SHA256:0123456789012345678901234567890123456789012";

// what OpenSSH 9.2 says with -v, shortened to the lines that matter
const unknown = `debug1: Connecting to 10.0.0.7 [10.0.0.7] port 22.
debug1: Server host key: ssh-ed25519 ${sha}
No ED25519 host key is known for 10.0.0.7 and you have requested strict checking.
Host key verification failed.
`;
const changed = `debug1: Server host key: ssh-ed25519 ${sha}
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
Host key verification failed.
`;

describe("why ssh did not log in", () => {
  test.each<[string, string, object]>([
    ["unknown host key", unknown, { reason: "host-key-unknown", detail: expect.stringContaining(sha) }],
    ["changed host key", changed, { reason: "host-key-changed", detail: expect.stringContaining(sha) }],
    [
      "revoked host key",
      changed.replace("REMOTE HOST IDENTIFICATION HAS CHANGED", "REVOKED HOST KEY DETECTED"),
      { reason: "host-key-changed" },
    ],
    [
      "an expired host certificate",
      "Certificate invalid: expired\nHost key verification failed.\n",
      { reason: "host-key-unknown", detail: expect.stringContaining("expired") },
    ],
    ["nobody listens", "ssh: connect to host 10.0.0.7 port 22: Connection refused\n", { reason: "refused" }],
    ["no way there", "ssh: connect to host 10.0.0.7 port 22: No route to host\n", { reason: "unreachable" }],
    ["no such name", "ssh: Could not resolve hostname w7: Name or service not known\n", { reason: "unreachable" }],
    ["no answer", "ssh: connect to host 10.0.0.7 port 22: Connection timed out\n", { reason: "timed-out" }],
    ["hung up on", "kex_exchange_identification: read: Connection reset by peer\n", { reason: "refused" }],
    [
      "a bastion that may not",
      "channel 0: open failed: administratively prohibited: open failed\nstdio forwarding failed\n",
      { reason: "forbidden", grant: expect.any(String) },
    ],
    [
      "a broken config",
      "/c: line 3: Bad configuration option: usr\n/c: terminating, 1 bad configuration options\n",
      { reason: "not-configured" },
    ],
    [
      "something new",
      "debug1: x\nThe sky fell\n",
      { reason: "unreadable", detail: expect.stringContaining("The sky fell") },
    ],
    ["silence", "", { reason: "unreadable" }],
  ])("%s", (_, said, problem) => expect(explain(said, attempt).problem).toMatchObject(problem));

  test("the bastion's key, when it is the bastion's", () => {
    const said = unknown.replaceAll("10.0.0.7", "[bastion]:2200");
    expect(explain(said, attempt).problem).toMatchObject({
      detail: expect.stringContaining("bastion showed"),
      grant: expect.stringContaining("-p 2200 bastion"),
    });
  });

  test("who was refused, and where", () => {
    const said = "jump@bastion: Permission denied (publickey,password).\r\nConnection closed by UNKNOWN port 65535\r\n";
    expect(explain(said, attempt)).toMatchObject({
      refusedLogin: "jump@bastion",
      problem: { reason: "unauthenticated" },
    });
  });

  test("a certificate for another name may be tried under that", () => {
    const said = "Certificate invalid: name is not a listed principal\nHost key verification failed.\n";
    expect(explain(said, attempt)).toMatchObject({ wrongPrincipal: true, problem: { reason: "host-key-unknown" } });
  });
});
