import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { packageFilesDpkg } from "./package-files-dpkg.ts";

/** dpkg 1.21 on Debian 12: one file moved away, one written to, one package that is not there. */
const sample = `dpkg: package 'kubelet' is not installed
missing     /usr/sbin/runc
??5??????   /usr/bin/containerd
??5?????? c /etc/containerd/config.toml`;

test("names the files that are missing or changed", () => {
  expect(valuesOf(packageFilesDpkg, sample)["package.changedFiles"]).toMatchObject([
    { path: "/usr/sbin/runc", state: "missing", config: false },
    { path: "/usr/bin/containerd", state: "changed", config: false },
    { path: "/etc/containerd/config.toml", state: "changed", config: true },
  ]);
});

test.each([
  ["all whole", "dpkg: package 'kubelet' is not installed", { "package.changedFiles": [] }],
  ["no dpkg", "find: ‘/var/lib/dpkg/status’: No such file or directory", {}],
  ["sudo asks", "sudo: a password is required", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(packageFilesDpkg, text)).toEqual(found);
});

test("nodes whose daemons run are not asked", () => {
  const { via } = packageFilesDpkg;
  const argv = (state: string) =>
    via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map([["runtime.unit.active", state]])) : [];
  expect(argv("active")).toBeNull();
  expect(argv("failed")).toContain("--verify");
});
