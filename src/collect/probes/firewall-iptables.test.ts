import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { firewallIptables } from "./firewall-iptables.ts";

/** iptables 1.8. */
const sample = `-P INPUT ACCEPT
-P OUTPUT DROP
-N KUBE-FIREWALL
-A OUTPUT -p tcp -m tcp --dport 6443 -j DROP
-A OUTPUT -d 10.0.0.1/32 -j REJECT --reject-with icmp-port-unreachable
-A INPUT -j KUBE-FIREWALL`;

test("keeps what drops or rejects", () => {
  expect(valuesOf(firewallIptables, sample)["firewall.drops"]).toEqual([
    "-P OUTPUT DROP",
    "-A OUTPUT -p tcp -m tcp --dport 6443 -j DROP",
    "-A OUTPUT -d 10.0.0.1/32 -j REJECT --reject-with icmp-port-unreachable",
  ]);
  expect(valuesOf(firewallIptables, "-P INPUT ACCEPT")["firewall.drops"]).toEqual([]);
});

test("a refusal or a cut list says nothing", () => {
  expect(
    valuesOf(
      firewallIptables,
      "iptables v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)",
    ),
  ).toEqual({});
  expect(valuesOf(firewallIptables, value(sample, { truncated: true }))).toEqual({});
});
