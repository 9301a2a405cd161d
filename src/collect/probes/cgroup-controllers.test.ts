import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { cgroupControllers } from "./cgroup-controllers.ts";

/** Raspberry Pi OS, Linux 6.1: the memory controller is off by default. */
const table = "#subsys_name hierarchy num_cgroups enabled\ncpuset 0 39 1\ncpu\t0\t39\t1\nmemory 0 39 0\npids 0 39 1";

test("cgroup v1: the table decides", () => {
  expect(valuesOf(cgroupControllers, table, { asked: ["cat /proc/cgroups"] })).toEqual({
    "cgroup.controllers": ["cpuset", "cpu", "pids"],
    "cgroup.disabled": ["memory"],
  });
});

test("cgroup v2: its own list decides", () => {
  const asked = ["head", "-v", "-c", "8192", "/proc/cgroups", "/sys/fs/cgroup/cgroup.controllers"];
  const text = `==> /proc/cgroups <==\n${table}\n\n==> /sys/fs/cgroup/cgroup.controllers <==\ncpuset cpu io pids`;
  expect(valuesOf(cgroupControllers, text, { asked })).toEqual({
    "cgroup.controllers": ["cpuset", "cpu", "io", "pids"],
    "cgroup.disabled": ["memory"],
  });
});

test("a listing of the folder is no list of controllers", () => {
  expect(
    valuesOf(cgroupControllers, "blkio\ncpu\nmemory", { asked: ["cat /proc/cgroups; ls /sys/fs/cgroup"] }),
  ).toEqual({});
});
