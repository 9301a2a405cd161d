import { describe, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { diskSpace } from "./disk-space.ts";

const asked = [
  "env",
  "LC_ALL=C",
  "df",
  "-PkT",
  "/",
  "/var/lib/kubelet",
  "/var/lib/containerd",
  "/var/lib/docker",
  "/var/log",
  "/run",
];

/** coreutils 9.1; /var/lib/docker is not there, and /var/lib/containerd is a link to another disk. */
const sample = value(
  `Filesystem     Type    1024-blocks     Used Available Capacity Mounted on
overlay        overlay   264212084 18991800  76509464      20% /
/dev/loop0     ext4        1507368  1507368         0     100% /var
/dev/sdb       xfs         1000000   500000    500000      50% /data disk
/dev/loop0     ext4        1507368  1507368         0     100% /var
tmpfs          tmpfs       4936820       76   4936744       1% /run`,
  { stderr: "df: /var/lib/docker: No such file or directory", exitCode: 1 },
);

describe("df on the node", () => {
  const rows = valuesOf(diskSpace, sample, { asked })["disk.rows"];

  test("each file system once, with what lies on it", () => {
    expect(rows).toMatchObject([
      { mount: "/", type: "overlay", role: "root", usedPercent: 20, sizeKiB: 264_212_084 },
      {
        mount: "/var",
        device: "/dev/loop0",
        role: "kubelet",
        serves: "kubelet log",
        usedPercent: 100,
        availableKiB: 0,
      },
      { mount: "/data disk", role: "runtime", serves: "runtime", usedPercent: 50 },
      { mount: "/run", role: "run" },
    ]);
  });
});

describe("what people paste", () => {
  /** df -h of case reports; the whole table, a long device name that wraps, `df -BM`. */
  test.each([
    [
      "df -h",
      "Filesystem      Size  Used Avail Use% Mounted on\n/dev/root       1.2G  466M  756M  39% /\ntmpfs           7.4G  7.4G     0 100% /run",
      39,
      1_258_291,
    ],
    [
      "wrapped",
      "Filesystem           1K-blocks      Used Available Use% Mounted on\n/dev/mapper/very-long-name\n                      51606140  1000  51000000  1% /",
      1,
      51_606_140,
    ],
    [
      "512-blocks",
      "Filesystem 512-blocks Used Available Capacity Mounted on\n/dev/sda1 2000 1000 1000 50% /",
      50,
      1000,
    ],
    [
      "df -T",
      "Filesystem     Type     1K-blocks    Used Available Use% Mounted on\n/dev/sda1      ext4      10190136 9652136         0 100% /",
      100,
      10_190_136,
    ],
  ])("%s", (_, text, usedPercent, sizeKiB) => {
    expect(valuesOf(diskSpace, `$ df\n${text}\n[exit 0]`)["disk.rows"]).toMatchObject([
      { mount: "/", usedPercent, sizeKiB, role: "root" },
      ...(text.includes("/run") ? [{ mount: "/run", usedPercent: 100, role: "run" }] : []),
    ]);
  });

  test("a table of inodes is not one of space", () => {
    expect(valuesOf(diskSpace, "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 10 5 5 50% /")).toEqual({});
  });
});

test("asks only folders that lie on no network mount, and nothing without the mount table", () => {
  const { via } = diskSpace;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => [];
  expect(ask(new Map())).toBeNull();
  const mounts = [
    { mount: "/", network: false },
    { mount: "/var/lib/containerd", network: true },
    { mount: "/var/log", network: false },
  ];
  const argv = ask(new Map([["mount.rows", mounts]]));
  expect(argv).toEqual(expect.arrayContaining(["df", "/", "/var/lib/kubelet", "/var/log"]));
  expect(argv).not.toContain("/var/lib/containerd");
});

test("-i is another question", () => {
  expect(diskSpace.recognises?.(["df", "-ih"], "")).toBe(false);
  expect(diskSpace.recognises?.(["df", "-h", "/var"], "")).toBe(true);
});
