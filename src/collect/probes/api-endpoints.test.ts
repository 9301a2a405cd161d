import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { apiEndpoints } from "./api-endpoints.ts";

/** kube-apiserver 1.31: three control planes; fields that are not read are left out. */
const sample = JSON.stringify({
  kind: "EndpointSliceList",
  items: [
    {
      metadata: { name: "kubernetes", namespace: "default" },
      addressType: "IPv4",
      endpoints: [
        { addresses: ["10.77.0.1"], conditions: { ready: true } },
        { addresses: ["10.77.0.2"], conditions: { ready: true } },
        { addresses: ["x; reboot"] },
      ],
      ports: [{ name: "https", port: 6443, protocol: "TCP" }],
    },
  ],
});

test("reads the servers' addresses, and nothing that is none", () => {
  expect(valuesOf(apiEndpoints, sample)["api.endpoints"]).toEqual([
    { address: "10.77.0.1", port: 6443 },
    { address: "10.77.0.2", port: 6443 },
  ]);
});

test.each(["", "{}", '{"items":7}'])("%j tells nothing", (text) => {
  expect(valuesOf(apiEndpoints, text)).toEqual({});
});

test("a list that was cut is no list", () => {
  expect(valuesOf(apiEndpoints, value(sample, { truncated: true }))).toEqual({});
});
