import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { KubeConfig } from "@kubernetes/client-node";
import { OperatorError } from "../../shared/errors.ts";
import { kubeconfigCredentials, tokenEnd } from "./credential-end.ts";

const certificate = readFileSync(new URL("../../../test/support/tls/server.crt", import.meta.url));
const cluster = { name: "c", server: "https://127.0.0.1:1", skipTLSVerify: false };

function ends(user: object): readonly number[] {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(cluster, { name: "u", ...user });
  return kubeconfigCredentials(config).map(({ endsAt }) => endsAt);
}
const jwt = (claims: object): string => ["h", Buffer.from(JSON.stringify(claims)).toString("base64url"), "s"].join(".");

test("a client certificate ends when it says", () => {
  const [end = 0] = ends({ certData: certificate.toString("base64") });
  expect(end).toBeGreaterThan(Date.parse("2025-01-01"));
});

test("a token ends when it says, one that says nothing is left out, and so is a plugin", () => {
  expect(ends({ token: jwt({ exp: 1_800_000_000 }) })).toEqual([1_800_000_000_000]);
  expect(ends({ token: "abc" })).toEqual([]);
  expect(ends({ exec: { command: "aws", apiVersion: "client.authentication.k8s.io/v1" } })).toEqual([]);
});

test("a certificate that cannot be read is the operator's to mend", () => {
  expect(() => ends({ certData: Buffer.from("no").toString("base64") })).toThrow(OperatorError);
  expect(() => ends({ certFile: "/nonexistent/client.crt" })).toThrow(OperatorError);
});

test.each(["", "a.b.c", jwt({}), jwt({ exp: "soon" }), "..", `${jwt({ exp: 1 })}`.slice(0, 3)])(
  "no end: %s",
  (token) => {
    expect(tokenEnd(token)).toBeNull();
  },
);
