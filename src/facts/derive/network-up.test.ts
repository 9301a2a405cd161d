import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { networkUp } from "./network-up.ts";

const row = (name: string, state: string, carrier: boolean, addresses: string) => ({
  name,
  state,
  carrier,
  addresses,
  mtu: 1500,
  line: name,
});
const rows = [
  row("lo", "UP", true, "127.0.0.1"),
  row("eth0", "UP", false, "10.0.0.5 fe80::1"),
  row("eth1", "UP", true, "10.1.0.5"),
];

test.each<[string, Readonly<Record<string, FactValue>>, object]>([
  [
    "the node's own address decides",
    { "net.interfaces": rows, "node.internalIP": "10.0.0.5", "net.defaultInterface": "eth1" },
    { "net.primaryUp": { value: false, line: "eth0" } },
  ],
  [
    "else the default route",
    { "net.interfaces": rows, "net.defaultInterface": "eth1" },
    { "net.primaryUp": { value: true, line: "eth1" } },
  ],
  ["neither is known", { "net.interfaces": rows }, {}],
  ["no table", { "net.defaultInterface": "eth1" }, {}],
])("%s", (_, known, derived) => {
  expect(networkUp.derive(new Map(Object.entries(known)), { at: null })).toEqual(derived);
});
