import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { packagesRpm } from "./packages-rpm.ts";

/** rpm 4.16 of a RHEL 9 node. */
const sample = `1763690701|containerd.io|1.7.2-3.1.el9
1763000000|kubelet|1.31.4-150500.1.1
1763000001|systemd-libs|252-46.el9
1763000002|kernelshark|2.0-1`;

test("reads when each was installed, oldest first", () => {
  expect(valuesOf(packagesRpm, sample)["package.rpmRows"]).toEqual([
    { at: "2025-11-13T02:13:20Z", package: "kubelet", version: "1.31.4-150500.1.1" },
    { at: "2025-11-13T02:13:21Z", package: "systemd-libs", version: "252-46.el9" },
    { at: "2025-11-21T02:05:01Z", package: "containerd.io", version: "1.7.2-3.1.el9" },
  ]);
});

test.each([
  ["find: ‘/var/lib/rpm’: No such file or directory"],
  ["find: ‘rpm’: No such file or directory"],
  [""],
  ["error: cannot open Packages database in /var/lib/rpm"],
])("%s tells nothing", (text) => {
  expect(valuesOf(packagesRpm, text)).toEqual({});
});
