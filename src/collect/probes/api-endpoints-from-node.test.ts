import { expect, test } from "@jest/globals";
import type { FactValue } from "../../facts/fact.ts";
import { valuesOf } from "../parse/testing.ts";
import { apiEndpointsFromNode } from "./api-endpoints-from-node.ts";

/** curl 7.88; the second server refuses, the third does not answer. */
const sample = `ok
url=https://10.77.0.1:6443/livez http=200 time=0.012012 err=

url=https://10.77.0.2:6443/livez http=000 time=0.000144 err=Failed to connect to 10.77.0.2 port 6443 after 0 ms: Couldn't connect to server

url=https://10.77.0.3:6443/livez http=000 time=1.001000 err=Connection timeout was reached
{"status":"Failure"}
url=https://[fd00::4]:6443/livez http=401 time=0.010000 err=

url=https://10.77.0.5:6443/livez http=000 time=0.010000 err=SSL certificate problem: self-signed certificate`;

test("how each server answers", () => {
  expect(valuesOf(apiEndpointsFromNode, sample)["api.endpointRows"]).toMatchObject([
    { address: "10.77.0.1", port: 6443, answers: "ok", ms: 12, message: null },
    { address: "10.77.0.2", answers: "refused" },
    { address: "10.77.0.3", answers: "timed-out", ms: 1001 },
    { address: "fd00::4", answers: "ok" },
    { address: "10.77.0.5", answers: "tls" },
  ]);
});

const argv = (known: Readonly<Record<string, FactValue>>) => {
  const { via } = apiEndpointsFromNode;
  return via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map(Object.entries(known))) : [];
};

test("asks five at most, by address; a single server is asked by api-from-node already", () => {
  const many = [1, 2, 3, 4, 5, 6].map((each) => ({ address: `10.77.0.${each}`, port: 6443 }));
  expect(argv({ "api.endpoints": many })?.filter((word) => word.startsWith("https://"))).toHaveLength(5);
  expect(argv({ "api.endpoints": many.slice(0, 1) })).toBeNull();
  expect(argv({ "api.endpoints": [{ address: "-o/etc/passwd", port: 1 }, ...many.slice(0, 1)] })).toBeNull();
});

test("the certificate is checked where the CA is known", () => {
  const two = [1, 2].map((each) => ({ address: `10.77.0.${each}`, port: 6443 }));
  const known = { "api.endpoints": two, "kubeconfig.caPath": "/etc/kubernetes/pki/ca.crt" };
  expect(argv(known)).toContain("/etc/kubernetes/pki/ca.crt");
  expect(argv(known)).not.toContain("-k");
  expect(argv({ "api.endpoints": two })).toContain("-k");
});

test("a CA file that may not be read says nothing of the servers", () => {
  const text = "url=https://10.77.0.1:6443/livez http=000 time=0.0 err=error setting certificate file: /x/ca.crt";
  expect(valuesOf(apiEndpointsFromNode, text)).toEqual({});
});
