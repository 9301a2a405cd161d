import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { diskInodes } from "./disk-inodes.ts";

/** coreutils 9.1. */
const sample = `Filesystem       Inodes  IUsed    IFree IUse% Mounted on
overlay        16777216 683298 16093918    5% /
/dev/loop0        96000  95800      200  100% /var
btrfs                 0      0        0     - /srv
tmpfs            819200    122   819078    1% /run`;

test("reads free inodes by file system", () => {
  expect(valuesOf(diskInodes, sample)["inode.rows"]).toMatchObject([
    { mount: "/", role: "root", usedPercent: 5, free: 16_093_918 },
    { mount: "/var", role: "kubelet", serves: "kubelet runtime log", usedPercent: 100, free: 200 },
    { mount: "/srv", role: "other", usedPercent: null, free: 0 },
    { mount: "/run", role: "run", usedPercent: 1 },
  ]);
});

test("reads df -ih", () => {
  const text = "Filesystem     Inodes IUsed IFree IUse% Mounted on\n/dev/sda1        512K  6.0K  506K    2% /";
  expect(valuesOf(diskInodes, text)["inode.rows"]).toMatchObject([{ mount: "/", usedPercent: 2, free: 518_144 }]);
});
