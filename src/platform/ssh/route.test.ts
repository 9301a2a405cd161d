import { describe, expect, test } from "@jest/globals";
import { routeTo } from "./route.ts";
import type { SshSettings } from "./settings.ts";

const local = { home: "/home/op", user: "op" };
const target = { address: "10.0.0.7", node: "worker-7" };
const settings: SshSettings = { addressType: "InternalIP" };
const config = `
Host bastion
  HostName 203.0.113.1
  User jump
  Port 2200
  IdentityFile ~/.ssh/%h.key

Host worker-* !worker-9
  User core
  ProxyJump bastion

Host 10.0.*
  Port 2222

Match user nobody
  User never

Host *
  User everybody
  IdentityFile %d/.ssh/fleet
`;

const route = (more: Partial<SshSettings> = {}, text = config, to = target) => {
  const found = routeTo(to, { ...settings, ...more }, local, { text, included: new Map() });
  return found.ok ? found.value : found.problem;
};

describe("the way to a node", () => {
  test("by ssh_config: blocks for its name and for its address, the first value wins", () => {
    expect(route()).toEqual([
      {
        host: "203.0.113.1",
        port: 2200,
        user: "jump",
        names: ["203.0.113.1", "bastion"],
        identityFiles: ["/home/op/.ssh/203.0.113.1.key", "/home/op/.ssh/fleet"],
      },
      {
        host: "10.0.0.7",
        port: 2222,
        user: "core",
        names: ["10.0.0.7", "worker-7"],
        identityFiles: ["/home/op/.ssh/fleet"],
      },
    ]);
  });

  test("a negated pattern keeps a block away", () => {
    expect(route({}, config, { address: "192.0.2.1", node: "worker-9" })).toMatchObject([
      { user: "everybody", port: 22 },
    ]);
  });

  test("node-why's own settings win", () => {
    const own = { user: "root", port: 22, identityFile: "~/key", proxyJump: "none" };
    expect(route(own)).toMatchObject([{ user: "root", port: 22, identityFiles: ["/home/op/key"] }]);
  });

  test("nothing configured: OpenSSH's defaults", () => {
    expect(route({}, "")).toMatchObject([{ host: "10.0.0.7", port: 22, user: "op" }]);
    expect(route({}, "")).toMatchObject([{ identityFiles: expect.arrayContaining(["/home/op/.ssh/id_ed25519"]) }]);
  });

  test("several bastions in order, with user, port and IPv6", () => {
    const jumps = { proxyJump: "bastion,ann@[2001:db8::1]:2022,ssh://b.example" };
    expect(route(jumps)).toMatchObject([
      { host: "203.0.113.1" },
      { host: "2001:db8::1", port: 2022, user: "ann" },
      { host: "b.example", port: 22, user: "everybody" },
      { host: "10.0.0.7" },
    ]);
  });

  test("HostName and HostKeyAlias", () => {
    const text = "Host worker-7\n HostName %h.nodes.example\n HostKeyAlias fleet\n";
    expect(route({}, text)).toMatchObject([{ host: "10.0.0.7.nodes.example", names: ["fleet"] }]);
  });

  test.each([
    ["a command instead of a jump", {}, "Host *\n ProxyCommand nc %h %p\n"],
    ["a jump that is none", { proxyJump: "a b" }, ""],
    ["an option as a jump", { proxyJump: "-oProxyCommand=x y" }, ""],
    ["a broken file", {}, 'Host "unclosed\n'],
  ])("%s is refused with what to do", (_, more, text) => {
    expect(route(more, text)).toMatchObject({
      kind: "unavailable",
      reason: "not-configured",
      grant: expect.any(String),
    });
  });
});
