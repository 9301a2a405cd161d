import { expect, test } from "@jest/globals";
import { unavailable, value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { dns } from "./dns.ts";

const asked = ["getent", "ahosts", "api.example.com"];

/** glibc 2.36. */
const sample = "10.77.0.11      STREAM api.example.com\n10.77.0.11      DGRAM  \n10.77.0.11      RAW    ";

test.each([
  [
    "resolves",
    value(sample),
    { "dns.apiName": "api.example.com", "dns.apiResolves": true, "dns.addresses": ["10.77.0.11"] },
  ],
  [
    "unknown",
    value("", { exitCode: 2 }),
    { "dns.apiName": "api.example.com", "dns.apiResolves": false, "dns.addresses": [] },
  ],
  ["no answer", unavailable("hung", ""), { "dns.apiName": "api.example.com", "dns.apiResolves": false }],
  ["another failure", value("", { exitCode: 127, stderr: "getent: command not found" }), {}],
])("%s", (_, answer, found) => {
  expect(valuesOf(dns, answer, { asked })).toEqual(found);
});

test.each([
  ["https://api.example.com:6443", asked],
  ["https://api.example.com", asked],
  ["https://10.77.0.1:6443", null],
  ["https://[fd00::1]:6443", null],
])("for %s asks %j", (server, argv) => {
  const { via } = dns;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
  expect(ask(new Map([["kubeconfig.server", server]]))).toEqual(argv);
});
