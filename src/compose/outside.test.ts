import { afterEach, describe, expect, test } from "@jest/globals";
import { type HttpApi, startHttpApi } from "../../test/support/http-api.ts";
import { clusterSchema } from "../config/schema.ts";
import { outsideOf } from "./outside.ts";

const running: HttpApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});
const machine = { node: "n1", providerID: "gce://my-project/europe-west1-b/n1", address: "10.0.0.7" };
const limits = { timeoutMs: 3_000, maxBytes: 10_000 };
const hours = { from: "2026-11-21T11:30:00.000Z", until: "2026-11-21T11:47:00.000Z" };
const outside = (more: object) => outsideOf(clusterSchema.parse({ name: "a", ...more }));

describe("who is asked beside the node", () => {
  test("nobody without a word in the config", () => {
    expect(outside({})).toEqual({});
  });

  test("stores and clouds by their addresses, a credential from a program", async () => {
    const api = await startHttpApi((_, response) => response.end("{}"));
    running.push(api);
    const credential = { exec: [process.execPath, "-e", "console.log('a-token-of-some-length')"] };
    const ports = outside({
      cloud: { provider: "gcp", endpoint: `${api.url}/`, credential, timeout: "8s" },
      metrics: { prometheus: api.url },
      logs: { elasticsearch: api.url, index: "logs" },
    });
    expect(await ports.cloud?.get("instance", machine, { ...limits, timeoutMs: 8_000 })).toMatchObject({
      kind: "value",
    });
    expect(await ports.metrics?.range(machine, hours, limits)).toMatchObject({ kind: "value" });
    expect(await ports.logs?.tail("kubelet", machine, hours, limits)).toMatchObject({ kind: "value" });
    expect(api.asked.map(({ path }) => path)).toEqual([
      "/compute/v1/projects/my-project/zones/europe-west1-b/instances/n1",
      "/api/v1/query_range",
      "/logs/_search",
    ]);
    expect(api.asked[0]?.headers.authorization).toBe("Bearer a-token-of-some-length");
  });

  test.each([
    { provider: "aws", credential: { file: "/nowhere/keys" } },
    { provider: "azure", credential: { file: "/nowhere/token" } },
    { provider: "redfish", address: "https://{address}", userFile: "/nowhere/user", passwordFile: "/nowhere/password" },
  ])("$provider without its credential is an answer", async (cloud) => {
    const ids = {
      aws: "aws:///eu-west-1a/i-0abc12345def67890",
      azure: `azure:///subscriptions/${"0".repeat(36)}/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/v`,
    };
    const providerID = cloud.provider === "aws" ? ids.aws : ids.azure;
    expect(await outside({ cloud }).cloud?.get("instance", { ...machine, providerID }, limits)).toMatchObject({
      kind: "unavailable",
      reason: expect.stringMatching(/^(unauthenticated|tool-missing)$/),
    });
  });
});
