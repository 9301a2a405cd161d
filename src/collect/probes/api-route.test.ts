import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import type { FactValue } from "../../facts/fact.ts";
import { valuesOf } from "../parse/testing.ts";
import { apiRoute } from "./api-route.ts";

/** iproute2 6.1 on Linux 6.x. */
test.each([
  ["routed", "10.77.0.1 dev host0 src 10.77.0.13 uid 0 \n    cache"],
  ["routed", "192.0.2.7 via 10.77.0.1 dev host0 table 66 src 10.77.0.13 uid 0 "],
  ["blackhole", "RTNETLINK answers: Invalid argument"],
  ["unreachable", "RTNETLINK answers: No route to host"],
  ["prohibit", "RTNETLINK answers: Permission denied"],
  ["none", "RTNETLINK answers: Network is unreachable"],
])("%s", (way, text) => {
  expect(valuesOf(apiRoute, value(text))["net.apiRoute"]).toBe(way);
});

test("names the interface", () => {
  expect(valuesOf(apiRoute, "10.77.0.1 dev cni0 src 10.244.3.1 uid 0")).toMatchObject({ "net.apiRouteDevice": "cni0" });
});

test.each([
  ["an older iproute2", 'Error: argument "ipproto" is wrong: Failed to parse'],
  ["none installed", "bash: line 1: ip: command not found"],
])("%s tells nothing", (_, text) => {
  expect(valuesOf(apiRoute, value(text))).toEqual({});
});

test.each<[FactValue | undefined, readonly string[] | null]>([
  ["https://10.77.0.1:6443", ["10.77.0.1", "ipproto", "tcp", "dport", "6443"]],
  ["https://[2001:db8::1]:8443/", ["2001:db8::1", "ipproto", "tcp", "dport", "8443"]],
  ["https://192.0.2.4", ["192.0.2.4", "ipproto", "tcp", "dport", "443"]],
  ["https://api.example.com:6443", null],
  ["https://1.2.3.4 -6", null],
  [undefined, null],
])("asks for %s", (server, words) => {
  const { via } = apiRoute;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
  const argv = ask(new Map(server === undefined ? [] : [["kubeconfig.server", server]]));
  expect(argv?.slice(3) ?? null).toEqual(words);
});
