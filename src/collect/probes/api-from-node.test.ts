import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import type { FactValue } from "../../facts/fact.ts";
import { valuesOf } from "../parse/testing.ts";
import { apiFromNode } from "./api-from-node.ts";

/** curl 7.88. */
test.each([
  ["ok", "ok\nhttp=200 time=0.005144 err="],
  ["ok", '{"kind":"Status","code":401}\nhttp=401 time=0.005 err='],
  [
    "refused",
    "\nhttp=000 time=0.0003 err=Failed to connect to 10.77.0.1 port 6444 after 0 ms: Couldn't connect to server",
  ],
  ["timed-out", "\nhttp=000 err=Connection timed out after 8001 milliseconds\n[exit 28]"],
  ["dns", "\nhttp=000 time=0.0001 err=Could not resolve host: nope.invalid"],
  ["no-route", "\nhttp=000 time=3.0 err=Failed to connect to 10.0.0.9 port 6443 after 3061 ms: No route to host"],
  ["tls", "\nhttp=000 time=0.1 err=OpenSSL/3.0.15: error:0A00010B:SSL routines::wrong version number"],
])("%s", (state, text) => {
  expect(valuesOf(apiFromNode, value(text))["api.fromNode"]).toBe(state);
});

test("says how long it took", () => {
  expect(valuesOf(apiFromNode, "ok\nhttp=200 time=0.005144 err=")).toMatchObject({
    "api.fromNodeMs": 5,
    "api.fromNodeStatus": 200,
  });
});

test.each<[string, FactValue | undefined, string | null]>([
  ["the kubeconfig's server", "https://10.77.0.1:6443", "https://10.77.0.1:6443/livez"],
  ["with a path", "https://lb.example.com/k8s/clusters/c-1/", "https://lb.example.com/k8s/clusters/c-1/livez"],
  ["none", undefined, null],
  ["no URL", "https://a b -o /etc/x", null],
  ["another scheme", "file:///etc/shadow", null],
])("asks %s", (_, server, url) => {
  const { via } = apiFromNode;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
  const argv = ask(new Map(server === undefined ? [] : [["kubeconfig.server", server]]));
  expect(argv?.at(-1) ?? null).toBe(url);
});
