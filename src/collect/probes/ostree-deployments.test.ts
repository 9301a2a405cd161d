import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { ostreeDeployments } from "./ostree-deployments.ts";

/** rpm-ostree 2024.3 of RHEL CoreOS, from its manual; fields that are not read are left out. */
const sample = `{"deployments":[
 {"booted":false,"staged":true,"version":"416.94.202411201839-0","timestamp":1732127940,"checksum":"ab12"},
 {"booted":true,"version":"416.94.202410211619-0","timestamp":1729527540,"checksum":"cd34"}],"transaction":null}`;

test("reads the images", () => {
  expect(valuesOf(ostreeDeployments, sample)["ostree.deployments"]).toEqual([
    { version: "416.94.202411201839-0", booted: false, staged: true, built: "2024-11-20T18:39:00Z", checksum: "ab12" },
    { version: "416.94.202410211619-0", booted: true, staged: false, built: "2024-10-21T16:19:00Z", checksum: "cd34" },
  ]);
});

test.each(["find: ‘/run/ostree-booted’: No such file or directory", "{", '{"deployments":7}'])(
  "%s tells nothing",
  (text) => {
    expect(valuesOf(ostreeDeployments, text)).toEqual({});
  },
);
