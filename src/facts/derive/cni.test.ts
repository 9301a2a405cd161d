import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { cni } from "./cni.ts";

const derive = (facts: Readonly<Record<string, FactValue>>) => cni.derive(new Map(Object.entries(facts)), { at: null });
const row = (dir: string, name: string, size = 1, executable = true) => ({ dir, name, size, executable, kind: "-" });

const listed = {
  "cni.types": ["bridge", "host-local", "flannel"],
  "cni.binRows": [
    row("/opt/cni/bin", "bridge", 0),
    row("/usr/lib/cni", "host-local"),
    row("/opt/cni/bin", "loopback", 5, false),
  ],
  "cni.binDirsListed": ["/opt/cni/bin", "/usr/lib/cni"],
};

test("compares what is called with what is there", () => {
  expect(derive({ ...listed, "containerd.cniBinDir": "/opt/cni/bin" })).toEqual({
    "cni.binDir": "/opt/cni/bin",
    "cni.broken": ["bridge", "loopback"],
    "cni.missing": ["host-local", "flannel"],
    "cni.foundElsewhere": [{ name: "host-local", dir: "/usr/lib/cni" }],
  });
});

test("the running runtime's folder wins over its file's", () => {
  expect(derive({ ...listed, "containerd.cniBinDir": "/opt/cni/bin", "cri.cniBinDir": "/usr/lib/cni" })).toMatchObject({
    "cni.binDir": "/usr/lib/cni",
    "cni.missing": ["bridge", "flannel"],
  });
});

test("a missing folder has none of them", () => {
  expect(
    derive({ ...listed, "cni.binRows": [], "cni.binDirsListed": ["/gone"], "containerd.cniBinDir": "/gone" }),
  ).toMatchObject({
    "cni.missing": ["bridge", "host-local", "flannel"],
  });
});

test("a folder nobody looked into, or no known folder, proves nothing", () => {
  expect(derive({ ...listed, "containerd.cniBinDir": "/elsewhere" })).toEqual({ "cni.binDir": "/elsewhere" });
  expect(derive(listed)).toEqual({});
});
