import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { sysctlsPersisted } from "./sysctls-persisted.ts";

/** Debian 12: /lib is a link to /usr/lib, so its files come twice. */
const usual = [
  "/usr/lib/sysctl.d/50-pid-max.conf:kernel.pid_max = 4194304",
  "/lib/sysctl.d/50-pid-max.conf:kernel.pid_max = 4194304",
  "grep: /run/sysctl.d: No such file or directory",
  "grep: /usr/local/lib/sysctl.d: No such file or directory",
].join("\n");
const setting = (path: string, name: string, value: string): string => `${path}:${name}=${value}`;

test("a file of the distribution", () => {
  expect(valuesOf(sysctlsPersisted, usual)["sysctl.persisted"]).toEqual([
    { name: "kernel.pid_max", value: "4194304", file: "/usr/lib/sysctl.d/50-pid-max.conf" },
  ]);
});

test.each<[string, readonly string[], string, string]>([
  [
    "the last name wins",
    [setting("/etc/sysctl.d/99-k8s.conf", "a.b", "1"), setting("/etc/sysctl.d/10-x.conf", "a.b", "0")],
    "1",
    "/etc/sysctl.d/99-k8s.conf",
  ],
  [
    "a file in /etc hides its namesake",
    [setting("/usr/lib/sysctl.d/99-a.conf", "a.b", "0"), setting("/etc/sysctl.d/99-a.conf", "a.b", "1")],
    "1",
    "/etc/sysctl.d/99-a.conf",
  ],
  [
    "sysctl.conf comes as 99-sysctl.conf",
    [setting("/etc/sysctl.conf", "a.b", "0"), setting("/etc/sysctl.d/99-zz.conf", "a/b", "1")],
    "1",
    "/etc/sysctl.d/99-zz.conf",
  ],
  [
    "what may fail is set all the same",
    [setting("/etc/sysctl.d/1.conf", "  -a.b ", " 1 ")],
    "1",
    "/etc/sysctl.d/1.conf",
  ],
])("%s", (_, lines, value, file) => {
  expect(valuesOf(sysctlsPersisted, lines.join("\n"))["sysctl.persisted"]).toEqual([{ name: "a.b", value, file }]);
});

test("nothing is known of what may not be read", () => {
  expect(valuesOf(sysctlsPersisted, `${usual}\ngrep: /etc/sysctl.d/k8s.conf: Permission denied`)).toEqual({});
  expect(valuesOf(sysctlsPersisted, "")).toEqual({});
});
