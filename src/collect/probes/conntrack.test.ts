import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { conntrack } from "./conntrack.ts";

const folder = "/proc/sys/net/netfilter";

test.each([
  ["files", `${folder}/nf_conntrack_max:262144\n${folder}/nf_conntrack_count:262144`],
  ["sysctl", "net.netfilter.nf_conntrack_max = 262144\nnet.netfilter.nf_conntrack_count = 262144"],
])("reads %s", (_, text) => {
  expect(valuesOf(conntrack, text)).toEqual({
    "conntrack.max": 262_144,
    "conntrack.count": 262_144,
    "conntrack.usedPercent": 100,
  });
});

test("one figure alone is no share", () => {
  expect(valuesOf(conntrack, `${folder}/nf_conntrack_count:12`)).toEqual({ "conntrack.count": 12 });
});
