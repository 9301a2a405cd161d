import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { packageFilesRpm } from "./package-files-rpm.ts";

/** rpm 4.16, from its manual: nine checks, a letter for what kind of file it is. */
const sample = `package cri-o is not installed
S.5....T.  c /etc/containerd/config.toml
.......T.    /usr/bin/ctr
S.5....T.    /usr/bin/containerd
missing     /usr/bin/runc`;

test("names the files that are missing or changed; a new time alone is no change", () => {
  expect(valuesOf(packageFilesRpm, sample)["package.changedFiles"]).toMatchObject([
    { path: "/etc/containerd/config.toml", state: "changed", config: true },
    { path: "/usr/bin/containerd", state: "changed", config: false },
    { path: "/usr/bin/runc", state: "missing", config: false },
  ]);
});

test.each(["find: ‘/var/lib/rpm’: No such file or directory", ""])("%j tells nothing", (text) => {
  expect(valuesOf(packageFilesRpm, text)).toEqual({});
});
