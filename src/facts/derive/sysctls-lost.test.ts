import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { sysctlsLost } from "./sysctls-lost.ts";

const lost = (rows: FactValue | undefined, persisted: FactValue | undefined): unknown =>
  sysctlsLost.derive(
    new Map([
      ...(rows === undefined ? [] : [["sysctl.rows", rows] as const]),
      ...(persisted === undefined ? [] : [["sysctl.persisted", persisted] as const]),
    ]),
    { at: null },
  )["sysctl.lost"];
const forward = (value: string) => [{ name: "net.ipv4.ip_forward", value }];

test.each<[string, FactValue, FactValue, unknown]>([
  ["the kernel's default, as it is", forward("0"), [], []],
  ["set by hand", forward("1"), [], [{ name: "net.ipv4.ip_forward", value: "1", atBoot: "0", file: null }]],
  ["persisted", forward("1"), [{ name: "net.ipv4.ip_forward", value: "1", file: "/etc/sysctl.d/k8s.conf" }], []],
  [
    "persisted otherwise",
    forward("1"),
    [{ name: "net.ipv4.ip_forward", value: "0", file: "/etc/sysctl.d/90-hard.conf" }],
    [{ name: "net.ipv4.ip_forward", value: "1", atBoot: "0", file: "/etc/sysctl.d/90-hard.conf" }],
  ],
  ["a setting whose default depends on the machine", [{ name: "fs.inotify.max_user_watches", value: "9" }], [], []],
  [
    "several numbers",
    [{ name: "net.ipv4.tcp_rmem", value: "4096\t131072\t6291456" }],
    [{ name: "net.ipv4.tcp_rmem", value: "4096 131072 6291456", file: "/etc/sysctl.conf" }],
    [],
  ],
])("%s", (_, rows, persisted, found) => {
  expect(lost(rows, persisted)).toEqual(found);
});

test("nothing is said where one of both was not read", () => {
  expect(lost(forward("1"), undefined)).toBeUndefined();
  expect(lost(undefined, [])).toBeUndefined();
});
