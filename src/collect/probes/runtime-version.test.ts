import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { runtimeVersion } from "./runtime-version.ts";

test.each([
  ["containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1+deb12u3", "1.6.20~ds1"],
  ["containerd github.com/containerd/containerd/v2 v2.1.1 cb1076646aa3740577fafbf3d914198b7fe8e3f7", "2.1.1"],
  ["crio version 1.30.2\n   GitCommit: x", "1.30.2"],
])("%j", (text, version) => {
  expect(valuesOf(runtimeVersion, text)).toEqual({ "runtime.version": version });
});
