import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { filesChanged } from "./files-changed.ts";

/** findutils 4.9 on Debian 12; most folders of other flavours are missing. */
const sample = `1795266108.3345957380|root|f|2013|/var/lib/kubelet/config.yaml
1795226400.0000000000|alice|f|412|/etc/systemd/system/kubelet.service.d/20-proxy.conf
find: ‘/etc/rancher’: No such file or directory`;

test("lists what was written, oldest first", () => {
  expect(valuesOf(filesChanged, sample)["file.changedRows"]).toEqual([
    {
      at: "2026-11-21T02:00:00Z",
      path: "/etc/systemd/system/kubelet.service.d/20-proxy.conf",
      owner: "alice",
      bytes: 412,
    },
    { at: "2026-11-21T13:01:48Z", path: "/var/lib/kubelet/config.yaml", owner: "root", bytes: 2013 },
  ]);
});

test.each([
  ["nothing was written", "", { "file.changedRows": [] }],
  ["may not be read", "find: ‘/etc/kubernetes/pki’: Permission denied", {}],
])("%s", (_, text, found) => {
  expect(valuesOf(filesChanged, text)).toEqual(found);
});

test("what was cut is not told", () => {
  expect(valuesOf(filesChanged, value(sample, { truncated: true }))).toEqual({});
});
