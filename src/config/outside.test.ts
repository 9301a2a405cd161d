import { describe, expect, test } from "@jest/globals";
import { outsidePaths } from "./outside.ts";
import { configSchema } from "./schema.ts";

const parsed = (cluster: object) => configSchema.safeParse({ clusters: [{ name: "a", ...cluster }] });
const clusterOf = (cluster: object) => parsed(cluster).data?.clusters[0];
const redfish = { provider: "redfish", address: "https://{node}-bmc.example.net", userFile: "u", passwordFile: "p" };

describe("who is asked beside the node", () => {
  test("nobody by default; a cloud by its name alone", () => {
    expect(clusterOf({})).not.toHaveProperty("cloud");
    expect(clusterOf({ cloud: { provider: "aws" } })?.cloud).toEqual({
      provider: "aws",
      credential: { kind: "metadata" },
      timeout: 3_000,
    });
    expect(clusterOf({ cloud: redfish })?.cloud).toMatchObject({ timeout: 3_000 });
    expect(clusterOf({ metrics: { prometheus: "http://prometheus:9090" } })?.metrics).toBeDefined();
    expect(clusterOf({ logs: { loki: "https://loki.example", labels: { node: "{node}" } } })?.logs).toBeDefined();
  });

  test.each([
    [{ cloud: { provider: "openstack" } }],
    [{ cloud: { provider: "aws", region: "x.evil.example" } }],
    [{ cloud: { provider: "gcp", endpoint: "file:///etc" } }],
    [{ cloud: { provider: "azure", token: "secret" } }],
    [{ cloud: { provider: "aws", timeout: "60s" } }],
    [{ cloud: { ...redfish, address: "http://{node}" } }],
    [{ cloud: { ...redfish, address: "https://bmc.example" } }],
    [{ metrics: { prometheus: "https://user:pw@prometheus" } }],
    [{ metrics: { prometheus: "http://p", labels: { 'a"} or x{b': "1" } } }],
    [{ logs: {} }],
    [{ logs: { loki: "http://l", elasticsearch: "http://e" } }],
  ])("%j is refused", (cluster) => {
    expect(parsed(cluster).success).toBe(false);
  });

  test("files and programs count from the config file", () => {
    const at = (path: string): string => `/etc/node-why/${path}`;
    const cloud = clusterOf({ cloud: { provider: "gcp", credential: { exec: ["./token", "--json"] } } })?.cloud;
    expect(cloud && outsidePaths(cloud, at)).toMatchObject({
      credential: { argv: ["/etc/node-why/./token", "--json"] },
    });
    const metrics = clusterOf({ metrics: { prometheus: "http://p", tokenFile: "t" } })?.metrics;
    expect(metrics && outsidePaths(metrics, at)).toMatchObject({ tokenFile: "/etc/node-why/t" });
  });
});
