import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { modulesPersisted } from "./modules-persisted.ts";

/** Debian 12, GNU grep 3.8: folders that are not there are named on standard error. */
const cmdline = "/proc/cmdline:BOOT_IMAGE=/boot/vmlinuz-6.1.0-18-amd64 root=UUID=5e0f ro quiet";
const missing = "grep: /run/modules-load.d: No such file or directory";

test.each<[string, string, unknown]>([
  ["none", `${cmdline}\n${missing}`, []],
  [
    "files of several kinds",
    `${cmdline}\n/etc/modules:loop\n/etc/modules-load.d/k8s.conf:overlay\n/etc/modules-load.d/k8s.conf:br-netfilter\n${missing}`,
    ["br_netfilter", "loop", "overlay"],
  ],
  ["an option behind the name", `${cmdline}\n/etc/modules:bonding mode=4`, ["bonding"]],
  ["not a .conf", `${cmdline}\n/etc/modules-load.d/README:vxlan`, []],
  [
    "the command line",
    `${cmdline} modules_load=vxlan,br_netfilter rd.modules-load=raid1`,
    ["br_netfilter", "raid1", "vxlan"],
  ],
  ["a folder that may not be read", `${cmdline}\ngrep: /etc/modules-load.d: Permission denied`, undefined],
  ["nothing", "", undefined],
])("%s", (_, text, found) => {
  expect(valuesOf(modulesPersisted, text)["modules.persisted"]).toEqual(found);
});
