import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { cniPlugins } from "./cni-plugins.ts";

const asked = ["ls", "-lA", "/etc/cni/net.d", "/opt/cni/bin/", "/usr/lib/cni/", "/usr/libexec/cni/"];

/** coreutils 9.1. */
const sample = `/etc/cni/net.d:
total 8
-rw-r--r-- 1 root root 425 Nov 21 13:40 10-lab.conflist
drwxr-xr-x 2 root root 4096 Nov 21 13:40 multus.d

/opt/cni/bin/:
total 0
-rwxr-xr-x 1 root root 0 Apr  9  2023 loopback

/usr/lib/cni/:
total 44760
-rwxr-xr-x 1 root root 2943104 Apr  9  2023 bridge
-rw-r--r-- 1 root root 2223840 Apr  9  2023 host-local
lrwxrwxrwx 1 root root 9 Apr  9  2023 ptp -> /nowhere`;

test("lists configurations and plugins by folder", () => {
  const answer = value(sample, {
    stderr: "ls: cannot access '/usr/libexec/cni/': No such file or directory",
    exitCode: 2,
  });
  expect(valuesOf(cniPlugins, answer, { asked })).toEqual({
    "cni.files": ["10-lab.conflist"],
    "cni.binRows": [
      { dir: "/opt/cni/bin", name: "loopback", executable: true, size: 0, kind: "-" },
      { dir: "/usr/lib/cni", name: "bridge", executable: true, size: 2_943_104, kind: "-" },
      { dir: "/usr/lib/cni", name: "host-local", executable: false, size: 2_223_840, kind: "-" },
      { dir: "/usr/lib/cni", name: "ptp", executable: true, size: 9, kind: "l" },
    ],
    "cni.binDirsListed": ["/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni"],
  });
});

test("a missing configuration folder holds no files", () => {
  const answer = value("", { stderr: "ls: cannot access '/etc/cni/net.d': No such file or directory", exitCode: 2 });
  expect(valuesOf(cniPlugins, answer, { asked })).toEqual({ "cni.files": [] });
});

test("one folder without a heading, and one that may not be read", () => {
  expect(
    valuesOf(cniPlugins, "total 4\n-rw-r--r-- 1 root root 1 Nov 21 13:40 a.conf", { asked: ["ls -l /etc/cni/net.d"] }),
  ).toEqual({ "cni.files": ["a.conf"] });
  const denied = value("/etc/cni/net.d:", {
    stderr: "ls: cannot open directory '/etc/cni/net.d': Permission denied",
    exitCode: 2,
  });
  expect(valuesOf(cniPlugins, denied, { asked })).toEqual({});
});
