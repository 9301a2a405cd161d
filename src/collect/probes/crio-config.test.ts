import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { crioConfig } from "./crio-config.ts";

/** CRI-O 1.30. */
test.each([
  ["one file", '/etc/crio/crio.conf:cgroup_manager = "cgroupfs"', "cgroupfs"],
  [
    "a drop-in wins",
    '/etc/crio/crio.conf:cgroup_manager = "cgroupfs"\n/etc/crio/crio.conf.d/10-a.conf:cgroup_manager = "systemd"',
    "systemd",
  ],
  [
    "the later drop-in wins",
    '/etc/crio/crio.conf.d/99-b.conf:cgroup_manager = "cgroupfs"\n/etc/crio/crio.conf.d/10-a.conf:cgroup_manager = "systemd"',
    "cgroupfs",
  ],
])("%s", (_, text, manager) => {
  expect(valuesOf(crioConfig, text)).toEqual({ "crio.cgroupManager": manager });
});

test("a comment is no setting", () => {
  expect(valuesOf(crioConfig, '/etc/crio/crio.conf:# cgroup_manager = "systemd"')).toEqual({});
});
