import { describe, expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { firewall } from "./firewall.ts";

const derive = (known: Readonly<Record<string, FactValue>>) =>
  firewall.derive(new Map(Object.entries(known)), { at: null });
const api = { "kubeconfig.server": "https://10.77.0.1:6443" };

describe("iptables", () => {
  test.each([
    ["-A OUTPUT -p tcp -m tcp --dport 6443 -j DROP", true],
    ["-A OUTPUT -d 10.77.0.1/32 -j REJECT --reject-with icmp-port-unreachable", true],
    ["-A OUTPUT -p tcp -m multiport --dports 443,6000:7000 -j DROP", true],
    ["-P OUTPUT DROP", true],
    ["-A OUTPUT -d 10.77.0.1/32 -p tcp -m tcp --dport 22 -j DROP", false],
    ["-A OUTPUT -d 10.77.0.9/32 -p tcp -m tcp --dport 6443 -j DROP", false],
    ["-A INPUT -p tcp -m tcp --dport 6443 -j DROP", false],
    ["-A INPUT -p tcp -m tcp --sport 6443 -j DROP", true],
    ["-A INPUT -s 10.77.0.1/32 -j DROP", true],
    ["-A INPUT -s 10.77.0.1/32 -p tcp -m tcp --dport 10250 -j DROP", false],
    ["-A INPUT ! -s 10.77.0.1/32 -p tcp -m tcp --sport 6443 -j DROP", false],
    ["-A INPUT -p udp -m udp --sport 6443 -j DROP", false],
    ["-A FORWARD -p tcp -m tcp --dport 6443 -j DROP", false],
    [
      '-A KUBE-FIREWALL ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m comment --comment "block incoming localnet connections" -j DROP',
      false,
    ],
    ["-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP", false],
    ["-A cali-tw-x -j DROP", false],
  ])("%s: %s", (rule, drops) => {
    expect(derive({ ...api, "firewall.drops": [rule] })["firewall.dropsApi"]).toEqual(
      drops ? { value: true, line: rule } : false,
    );
  });
});

describe("nftables", () => {
  test.each([
    ["tcp dport 6443 drop", true],
    ["ip daddr 10.77.0.1 reject", true],
    ["tcp dport { 443, 6443 } drop", true],
    ["ip daddr 10.77.0.1 tcp dport 22 drop", false],
    ["ct state invalid drop", false],
  ])("%s: %s", (rule, drops) => {
    expect(derive({ ...api, "firewall.nftDrops": [rule] })["firewall.dropsApi"]).toEqual(
      drops ? { value: true, line: rule } : false,
    );
  });
});

test("without the server's address or the rules nothing is said", () => {
  expect(derive({ "firewall.drops": ["-P OUTPUT DROP"] })).toEqual({});
  expect(derive(api)).toEqual({});
});

test("a server without a port is on 443, also at an IPv6 address", () => {
  const known = {
    "kubeconfig.server": "https://[fd00::1]",
    "firewall.drops": ["-A OUTPUT -d fd00::1/128 -p tcp --dport 443 -j DROP"],
  };
  expect(derive(known)["firewall.dropsApi"]).toMatchObject({ value: true });
});
