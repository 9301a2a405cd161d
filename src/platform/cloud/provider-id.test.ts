import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { machineId } from "./provider-id.ts";

const subscription = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";
const scaleSet = `/subscriptions/${subscription}/resourceGroups/MC_aks_eu/providers/Microsoft.Compute/virtualMachineScaleSets/aks-pool1-1234-vmss/virtualMachines/7`;
const single = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-1`;

describe("what a providerID names", () => {
  test.each([
    [
      "aws:///eu-west-1a/i-0abc12345def67890",
      { provider: "aws", region: "eu-west-1", instance: "i-0abc12345def67890" },
    ],
    [
      "aws:///us-west-2-lax-1a/i-0abc12345def67890",
      { provider: "aws", region: "us-west-2", instance: "i-0abc12345def67890" },
    ],
    ["aws:///us-gov-west-1b/i-12345678", { provider: "aws", region: "us-gov-west-1", instance: "i-12345678" }],
    [
      "gce://my-project/europe-west1-b/gke-pool-1-abc",
      { provider: "gcp", project: "my-project", zone: "europe-west1-b", name: "gke-pool-1-abc" },
    ],
    [
      "gce://example.com:project/europe-west1-b/n1",
      { provider: "gcp", project: "example.com:project", zone: "europe-west1-b", name: "n1" },
    ],
    [`azure://${scaleSet}`, { provider: "azure", resource: scaleSet }],
    [`azure://${single}`, { provider: "azure", resource: single }],
  ])("%s", (id, machine) => {
    expect(machineId(id)).toEqual(machine);
  });

  test.each([
    "",
    "k3s://worker-1",
    "aws:///eu-west-1a/i-0abc/../../x",
    "aws:///eu-west-1.evil.example/i-0abc12345def67890",
    "gce://my-project/../n1",
    "gce://p/z/n?fields=metadata",
    `azure:///subscriptions/${subscription}/resourceGroups/../providers/Microsoft.Compute/virtualMachines/v`,
    `azure://${single}/runCommand`,
    `azure://${single}\n`,
  ])("%j is none", (id) => {
    expect(machineId(id)).toBeNull();
  });

  test("nothing that would leave its place in a URL", () => {
    fc.assert(
      fc.property(fc.constantFrom("aws:///", "gce://", "azure://"), fc.string({ maxLength: 200 }), (scheme, rest) => {
        const found = machineId(scheme + rest);
        expect(found === null || !/[?#\s\\]|\/\.\.\//.test(JSON.stringify(Object.values(found)))).toBe(true);
      }),
    );
  });
});
