import { expect, test } from "@jest/globals";
import type { FactValue } from "../../facts/fact.ts";
import { valuesOf } from "../parse/testing.ts";
import { diskFolders } from "./disk-folders.ts";

/** coreutils 9.1. */
const sample = `131296\t/var/log/journal/3a43
194016\t/var/log/pods/default_chatty-1_77ab
590028\t/var/log
du: cannot access '/var/lib/docker': No such file or directory`;

test("the largest first", () => {
  expect(valuesOf(diskFolders, sample)["disk.folderRows"]).toEqual([
    { path: "/var/log", kib: 590028 },
    { path: "/var/log/pods/default_chatty-1_77ab", kib: 194016 },
    { path: "/var/log/journal/3a43", kib: 131296 },
  ]);
});

test("no folder, no facts", () => {
  expect(valuesOf(diskFolders, "du: invalid option -- 't'")).toEqual({});
});

const argv = (known: Readonly<Record<string, FactValue>>) => {
  const { via } = diskFolders;
  return via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map(Object.entries(known))) : [];
};

test("only where a disk is nearly full, and never over a network mount", () => {
  const disk = (usedPercent: number) => ({ "disk.rows": [{ mount: "/", usedPercent, serves: "root kubelet log" }] });
  expect(argv({ ...disk(50), "mount.network": [] })).toBeNull();
  expect(argv(disk(95))).toBeNull();
  expect(argv({ ...disk(95), "mount.network": [] })).toEqual(expect.arrayContaining(["/var/log", "/var/lib/kubelet"]));
  const nfs = "/var/lib/kubelet/pods/5a1c/volumes/kubernetes.io~nfs/data";
  expect(argv({ ...disk(95), "mount.network": [nfs] })).not.toContain("/var/lib/kubelet");
});
