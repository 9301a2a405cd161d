import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { crashDumps } from "./crash-dumps.ts";

/** findutils 4.9; kdump-tools of Debian, systemd-pstore and systemd-coredump 252. */
const sample = `1795226401.0000000000|root|f|73400320|/var/crash/202611210200/dump.202611210200
1795226399.1000000000|root|f|45|/var/crash/kexec_cmd
1795226410.5000000000|root|f|9000|/var/lib/systemd/pstore/1795226400/dmesg.txt
1795220000.0000000000|root|f|4096|/var/lib/systemd/coredump/core.containerd.0.9f.812.1795220000000000.zst
1795220000.0000000000|root|f|4096|/var/lib/systemd/coredump/core.nginx.33.9f.99.1795220000000000.zst
find: ‘/sys/fs/pstore’: No such file or directory`;

test("tells the kernel's dumps from the daemons', and leaves out other programs'", () => {
  expect(valuesOf(crashDumps, sample)["crash.rows"]).toMatchObject([
    { kind: "core", comm: "containerd", at: "2026-11-21T00:13:20Z" },
    { kind: "vmcore", at: "2026-11-21T02:00:01Z", bytes: 73400320 },
    { kind: "pstore", at: "2026-11-21T02:00:10Z" },
  ]);
});

test.each([
  ["nothing left behind", "", { "crash.rows": [] }],
  ["no such folders", "find: ‘/var/crash’: No such file or directory", { "crash.rows": [] }],
  ["may not be read", "find: ‘/var/crash’: Permission denied", {}],
  ["sudo asks", "sudo: a password is required", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(crashDumps, text)).toEqual(found);
});

test("a list that was cut is no list", () => {
  expect(valuesOf(crashDumps, value(sample, { truncated: true }))).toEqual({});
});
