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

describe("podExec", () => {
  const podExec = { namespace: "ops", selector: "app=agent" };

  test("enters by nsenter unless the node's root is mounted somewhere", () => {
    expect(clusterOf({ podExec })?.podExec).toEqual({ ...podExec, enter: "nsenter" });
    expect(clusterOf({ podExec: { ...podExec, enter: "chroot /host" } })?.podExec?.enter).toBe("chroot /host");
  });

  test.each([
    [{ enter: "sh -c" }],
    [{ enter: "chroot /host sh" }],
    [{ enter: "chroot host" }],
    [{ namespace: "../kube-system" }],
    [{ selector: "a=b&limit=1" }],
    [{ container: "A b" }],
  ])("%j is refused", (more) => {
    expect(parsed({ podExec: { ...podExec, ...more } }).success).toBe(false);
  });
});
