import { describe, expect, test } from "@jest/globals";
import { parseKnownHosts } from "../known-hosts.ts";
import { aliasesFor, parseResolved } from "./resolve.ts";

// OpenSSH 9.2, `ssh -G worker-7`, shortened
const printed = `host worker-7
user ops
hostname 10.0.0.7
port 2222
batchmode yes
userknownhostsfile /home/ops/.ssh/known_hosts /home/ops/.ssh/known_hosts2
globalknownhostsfile /etc/ssh/ssh_known_hosts
proxyjump jump@bastion:2200,second
`;
const resolved = parseResolved(printed);
const target = { node: "worker-7", address: "10.0.0.7" };

test("what ssh -G prints", () => {
  expect(resolved).toMatchObject({
    user: "ops",
    hostname: "10.0.0.7",
    port: 2222,
    proxyJump: "jump@bastion:2200,second",
    hostKeyAlias: null,
    knownHostsFiles: ["/home/ops/.ssh/known_hosts", "/home/ops/.ssh/known_hosts2", "/etc/ssh/ssh_known_hosts"],
  });
  expect(resolved.rest).toBe(parseResolved(printed.replaceAll("worker-7", "x").replaceAll("10.0.0.7", "x")).rest);
});

describe("the name that known_hosts has", () => {
  test.each<[string, string, readonly (string | null)[]]>([
    ["the address and port", "[10.0.0.7]:2222 ssh-ed25519 AAAA", [null]],
    ["the node's name and port", "[worker-7]:2222 ssh-ed25519 AAAA", ["[worker-7]:2222"]],
    ["the node's name", "worker-7 ssh-ed25519 AAAA", ["worker-7"]],
    ["an authority for all", "@cert-authority * ssh-ed25519 AAAA", [null, "worker-7"]],
    ["nothing", "", [null]],
    ["others", "worker-8 ssh-ed25519 AAAA", [null]],
    ["a revoked key is no name to look under", "@revoked worker-7 ssh-ed25519 AAAA", [null]],
  ])("%s", (_, text, aliases) => expect(aliasesFor(parseKnownHosts(text), resolved, target)).toEqual(aliases));

  test("what the ssh_config says stays", () => {
    const known = parseKnownHosts("worker-7 ssh-ed25519 AAAA");
    expect(aliasesFor(known, { ...resolved, hostKeyAlias: "w7" }, target)).toEqual([null]);
  });
});
