import { expect, test } from "@jest/globals";
import type { FactValue, Row } from "../fact.ts";
import { deletedFileShare } from "./deleted-files.ts";

const disks = [
  { mount: "/", sizeKiB: 10_000_000, usedPercent: 40, serves: "root" },
  { mount: "/var", sizeKiB: 2_000_000, usedPercent: 97, serves: "kubelet runtime log" },
];
const file = (path: string, kib: number, pid = 812) => ({ path, pid, bytes: kib * 1024, line: `${kib} ${path}` });
const derive = (files: readonly Row[]) =>
  deletedFileShare.derive(
    new Map<string, FactValue>([
      ["file.deletedRows", files],
      ["disk.rows", disks],
    ]),
    {
      at: null,
    },
  )["disk.deletedRows"];

test("says how full the file system would be without them", () => {
  expect(derive([file("/var/log/a", 1_000_000), file("/var/log/b", 200_000)])).toMatchObject([
    { mount: "/var", path: "/var/log/a", usedPercent: 97, withoutPercent: 37, serves: "kubelet runtime log" },
  ]);
});

test("a file that a parent and its child keep open counts once", () => {
  expect(derive([file("/var/log/a", 200_000, 1), file("/var/log/a", 200_000, 2)])).toMatchObject([
    { withoutPercent: 87 },
  ]);
});

test("a file counts on the file system it lies on", () => {
  expect(derive([file("/variable/x", 1_000_000)])).toMatchObject([{ mount: "/", withoutPercent: 30 }]);
  expect(derive([])).toEqual([]);
});
