import { expect, test } from "@jest/globals";
import { covering, withRoles } from "./roles.ts";

const rolesOf = (mounts: readonly string[], held?: ReadonlyMap<string, string>) =>
  withRoles(
    mounts.map((mount) => ({ mount })),
    held,
  ).map(({ mount, serves }) => `${mount}: ${serves}`);

test("the longest mount point that begins a path holds it, the last of equal ones lies on top", () => {
  expect(covering(["/", "/var", "/var", "/var/lib"], "/var/log")).toBe(2);
  expect(covering(["/", "/variable"], "/var/log")).toBe(0);
  expect(covering([], "/")).toBe(-1);
});

test.each([
  ["one file system", ["/"], ["/: root kubelet runtime log run"]],
  ["/var apart", ["/", "/var", "/run"], ["/: root", "/var: kubelet runtime log", "/run: run"]],
  [
    "the runtime apart",
    ["/", "/var/lib/containerd", "/run"],
    ["/: root kubelet log", "/var/lib/containerd: runtime", "/run: run"],
  ],
  ["docker's own disk", ["/", "/var/lib/docker"], ["/: root kubelet runtime log run", "/var/lib/docker: runtime"]],
  [
    "Container-Optimized OS",
    ["/", "/mnt/stateful_partition", "/run"],
    ["/: root", "/mnt/stateful_partition: kubelet runtime log", "/run: run"],
  ],
])("%s", (_, mounts, served) => {
  expect(rolesOf(mounts)).toEqual(served);
});

test("what df itself shows wins over the paths", () => {
  const held = new Map([
    ["/", "/"],
    ["/var/lib/containerd", "/data"],
  ]);
  expect(rolesOf(["/", "/data"], held)).toEqual(["/: root kubelet log run", "/data: runtime"]);
});
