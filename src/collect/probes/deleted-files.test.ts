import { expect, test } from "@jest/globals";
import type { FactValue } from "../../facts/fact.ts";
import { valuesOf } from "../parse/testing.ts";
import { deletedFiles } from "./deleted-files.ts";

const rowsOf = (text: string) => valuesOf(deletedFiles, text)["file.deletedRows"];

test("names the process, the file and its size", () => {
  expect(rowsOf("/var/log/trace.log (deleted)\n1396703232 /proc/812/fd/9\n")).toEqual([
    { pid: 812, path: "/var/log/trace.log", bytes: 1396703232, line: "1396703232 /var/log/trace.log (deleted)" },
  ]);
});

test.each([
  ["nothing is open", ""],
  ["small ones", "/tmp/#12 (deleted)\n4096 /proc/7/fd/3"],
  ["memory files", "/memfd:pulse (deleted)\n671088640 /proc/7/fd/3\n/dev/shm/x (deleted)\n671088640 /proc/7/fd/4"],
  [
    "a process that went away meanwhile",
    "/var/log/a (deleted)\nstat: cannot stat '/proc/9/fd/1': No such file or directory",
  ],
])("%s: none", (_, text) => {
  expect(rowsOf(text)).toEqual([]);
});

test("where others' files may not be seen, none seen is no answer", () => {
  expect(rowsOf("find: '/proc/1/fd': Permission denied")).toBeUndefined();
});

test.each<[string, unknown, number | null]>([
  [
    "leaves out network mounts",
    [
      { mount: "/mnt/nfs", network: true },
      { mount: "/var", network: false },
    ],
    1,
  ],
  ["asks nothing before the mounts are known", undefined, null],
  ["asks nothing beside a mount it cannot name", [{ mount: "/mnt/a b*", network: true }], null],
])("%s", (_, mounts, left) => {
  const { via } = deletedFiles;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => null;
  const argv = ask(new Map(mounts === undefined ? [] : [["mount.rows", mounts as FactValue]]));
  expect(argv?.filter((word) => word === "-not").length ?? null).toBe(left);
});
