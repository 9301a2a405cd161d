import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { packageLog } from "./package-log.ts";

/** dpkg 1.21 and findutils 4.9 on Debian 12, in UTC; the second file is missing. */
const sample = `1795277923.8444936490 /var/log/dpkg.log
2026-11-21 02:05:01 startup archives unpack
2026-11-21 02:05:01 upgrade containerd.io:amd64 1.6.20-1 1.7.2-1
2026-11-21 02:05:01 status half-configured containerd.io:amd64 1.6.20-1
2026-11-21 02:05:02 upgrade man-db:amd64 2.11.1-1 2.11.2-2
2026-11-21 02:06:00 install runc:amd64 <none> 1.1.12
2026-11-21 16:18:43 status installed libc-bin:amd64 2.36-9+deb12u14
find: ‘/var/log/dpkg.log.1’: No such file or directory`;

test("reads what was done to the packages a node stands on", () => {
  expect(valuesOf(packageLog, sample)["package.rows"]).toMatchObject([
    { at: "2026-11-21T02:05:01Z", package: "containerd.io", action: "upgrade", from: "1.6.20-1", to: "1.7.2-1" },
    { at: "2026-11-21T02:06:00Z", package: "runc", action: "install", from: null, to: "1.1.12" },
  ]);
});

test("a machine two hours ahead of UTC", () => {
  const ahead = sample.replace("1795277923", String(1795277923 - 7200));
  expect(valuesOf(packageLog, ahead)["package.rows"]).toMatchObject([{ at: "2026-11-21T00:05:01Z" }, {}]);
});

test.each([
  ["no log of dpkg", "find: ‘/var/log/dpkg.log’: No such file or directory", {}],
  ["a log whose zone cannot be told", sample.replace("1795277923", "1795277500"), { "package.rows": [] }],
])("%s", (_, text, found) => {
  expect(valuesOf(packageLog, text)).toEqual(found);
});

test("what was cut proves nothing", () => {
  expect(valuesOf(packageLog, value(sample, { truncated: true }))).toEqual({});
});
