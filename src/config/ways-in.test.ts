import { describe, expect, test } from "@jest/globals";
import { configSchema } from "./schema.ts";

const parsed = (cluster: object) => configSchema.safeParse({ clusters: [{ name: "a", ...cluster }] });
const clusterOf = (cluster: object) => parsed(cluster).data?.clusters[0];

describe("kubeletApi", () => {
  test("is a word or has its parts; left out, nothing is asked", () => {
    expect(clusterOf({ kubeletApi: "direct" })?.kubeletApi).toEqual({ way: "direct", port: 10_250 });
    expect(clusterOf({ kubeletApi: { way: "direct", port: 10_255, caFile: "./ca.crt" } })?.kubeletApi).toEqual({
      way: "direct",
      port: 10_255,
      caFile: "./ca.crt",
    });
    expect(clusterOf({})?.kubeletApi).toBeUndefined();
  });

  test.each([["insecure"], [{ way: "direct", insecure: true }], [{ port: 1 }]])("%j is refused", (kubeletApi) => {
    expect(parsed({ kubeletApi }).success).toBe(false);
  });
});
