import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { netAddresses } from "./net-addresses.ts";

/** iproute2 6.1. */
const sample = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
2: host0@if18: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether be:03:80:16:4e:fa brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 10.77.0.13/24 brd 10.77.0.255 scope global host0
    inet6 fe80::bc03:80ff:fe16:4efa/64 scope link
3: eth1: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 9000 qdisc mq state DOWN group default qlen 1000`;

test("reads interfaces, links and addresses", () => {
  expect(valuesOf(netAddresses, sample)["net.interfaces"]).toMatchObject([
    { name: "lo", state: "UP", carrier: true, addresses: "127.0.0.1" },
    { name: "host0", state: "UP", carrier: true, mtu: 1500, addresses: "10.77.0.13 fe80::bc03:80ff:fe16:4efa" },
    { name: "eth1", state: "DOWN", carrier: false, mtu: 9000, addresses: "" },
  ]);
});

test("no table, no facts", () => {
  expect(valuesOf(netAddresses, "ip: command not found")).toEqual({});
});
