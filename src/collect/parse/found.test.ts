import { expect, test } from "@jest/globals";
import { foundIn } from "./found.ts";

/** findutils 4.9; names may hold anything but a line's end. */
const sample = `1795282398.5643489880|root|f|0|/var/crash/core.kubelet.0.abc
find: ‘/nope’: No such file or directory
1795282398.0000000000|1000|l|12|/etc/cni/net.d/a|b c.conf`;

test("reads what was found, and nothing else", () => {
  expect(foundIn(sample.split("\n"))).toEqual([
    { at: "2026-11-21T17:33:18Z", owner: "root", kind: "f", bytes: 0, path: "/var/crash/core.kubelet.0.abc" },
    { at: "2026-11-21T17:33:18Z", owner: "1000", kind: "l", bytes: 12, path: "/etc/cni/net.d/a|b c.conf" },
  ]);
});
