import { describe, expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { fileSystems } from "./file-systems.ts";

const derive = (facts: Readonly<Record<string, FactValue>>) =>
  fileSystems.derive(new Map(Object.entries(facts)), { at: null });

describe("how full", () => {
  const rows = [
    { mount: "/", usedPercent: 20, serves: "root", line: "/ 20%" },
    { mount: "/var", usedPercent: 98, serves: "kubelet runtime log", line: "/var 98%" },
    { mount: "/data", usedPercent: 50, serves: "runtime", line: "/data 50%" },
    { mount: "/run", usedPercent: null, serves: "run", line: "" },
  ];

  test("each role has its file system's share, the fullest where there are several", () => {
    expect(derive({ "disk.rows": rows, "inode.rows": rows.slice(0, 1) })).toEqual({
      "disk.rootUsedPercent": { value: 20, line: "/ 20%" },
      "disk.kubeletUsedPercent": { value: 98, line: "/var 98%" },
      "disk.runtimeUsedPercent": { value: 98, line: "/var 98%" },
      "disk.logUsedPercent": { value: 98, line: "/var 98%" },
      "inode.rootUsedPercent": { value: 20, line: "/ 20%" },
    });
  });
});

describe("which cannot be written", () => {
  const mount = (serves: string, readOnly: boolean, network = false) => ({
    mount: `/${serves}`,
    serves,
    readOnly,
    network,
    line: serves,
  });

  test("names the roles on a read-only file system, and network mounts", () => {
    expect(derive({ "mount.rows": [mount("root", false), mount("kubelet log", true), mount("", true, true)] })).toEqual(
      {
        "mount.readOnlyRoles": { value: ["kubelet", "log"], line: "kubelet log" },
        "mount.network": ["/"],
      },
    );
  });

  test("a table without one shows that there is none", () => {
    expect(derive({ "mount.rows": [mount("root", false)] })).toEqual({
      "mount.readOnlyRoles": { value: [] },
      "mount.network": [],
    });
  });
});

test("nothing known, nothing said", () => {
  expect(derive({})).toEqual({});
});
