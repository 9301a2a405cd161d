import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { bootRecords } from "./boot-records.ts";

/** util-linux 2.38, last -x -w --time-format iso, on records made with utmpdump -r: the second boot was never shut down. */
const sample = `alice    pts/0        192.0.2.9        2026-11-21T01:40:00+00:00   gone - no logout
reboot   system boot  6.1.0-28-amd64   2026-11-21T01:00:11+00:00   still running
bob      pts/0        192.0.2.9        2026-11-20T10:10:00+00:00 - crash                      (14:50)
reboot   system boot  6.1.0-28-amd64   2026-11-20T10:00:01+00:00   still running
shutdown system down  6.1.0-28-amd64   2026-11-20T09:00:02+00:00 - 2026-11-20T10:00:01+00:00  (00:59)
carol    pts/0        192.0.2.9        2026-11-20T08:10:00+00:00 - down                       (00:50)
runlevel (to lvl 5)   6.1.0-28-amd64   2026-11-20T08:00:20+00:00 - 2026-11-20T09:00:02+00:00  (00:59)
reboot   system boot  6.1.0-28-amd64   2026-11-20T08:00:01+00:00 - 2026-11-20T09:00:02+00:00  (01:00)

wtmp begins 2026-11-20T08:00:01+00:00`;

test("reads boots, shutdowns and logins, and how each ended", () => {
  const found = valuesOf(bootRecords, sample);
  expect(found["boot.records"]).toMatchObject([
    { at: "2026-11-21T01:00:11Z", kind: "reboot", ended: "running" },
    { at: "2026-11-20T10:00:01Z", kind: "reboot", ended: "crash" },
    { at: "2026-11-20T09:00:02Z", kind: "shutdown", ended: null },
    { at: "2026-11-20T08:00:01Z", kind: "reboot", ended: "shutdown" },
  ]);
  expect(found["login.records"]).toEqual([
    { at: "2026-11-21T01:40:00Z", user: "alice", until: null, ended: "running" },
    { at: "2026-11-20T10:10:00Z", user: "bob", until: null, ended: "crash" },
    { at: "2026-11-20T08:10:00Z", user: "carol", until: null, ended: "shutdown" },
  ]);
});

test("an empty record is one; a missing tool is none", () => {
  expect(valuesOf(bootRecords, "\nwtmp begins 2025-05-20T00:00:00+00:00")).toEqual({
    "boot.records": [],
    "login.records": [],
  });
  expect(valuesOf(bootRecords, "find: ‘last’: No such file or directory")).toEqual({});
});
