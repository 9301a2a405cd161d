import { expect, test } from "@jest/globals";
import type { FactValue } from "../fact.ts";
import { changes } from "./changes.ts";

const derive = (known: Readonly<Record<string, FactValue>>) =>
  changes.derive(new Map(Object.entries(known)), { at: null });

test("puts everything that changed in order of time", () => {
  const found = derive({
    "package.rows": [
      { at: "2026-11-21T02:05:01Z", package: "containerd", action: "upgrade", from: "1.6.20", to: "1.7.2" },
    ],
    "package.rpmRows": [{ at: "2026-11-21T02:06:00Z", package: "kubelet", version: "1.31.4" }],
    "file.changedRows": [{ at: "2026-11-21T02:04:00Z", path: "/etc/containerd/config.toml", owner: "alice", bytes: 3 }],
    "boot.records": [
      { at: "2026-11-21T02:10:00Z", kind: "reboot", ended: "running" },
      { at: "2026-11-20T02:10:00Z", kind: "reboot", ended: "crash" },
    ],
    "crash.rows": [{ at: "2026-11-21T02:09:00Z", path: "/var/crash/1/vmcore", kind: "vmcore" }],
    "node.setBy": [
      { what: "cordon", manager: "kubectl", at: "2026-11-21T02:00:00Z" },
      { what: "taints", manager: "kube-controller-manager", at: "2026-11-21T02:07:00Z" },
    ],
  });
  expect(found["change.rows"]).toMatchObject([
    { at: "2026-11-20T02:10:00Z", kind: "boot" },
    { at: "2026-11-21T02:00:00Z", kind: "cordon", who: "kubectl" },
    { at: "2026-11-21T02:04:00Z", kind: "file", who: "alice" },
    { at: "2026-11-21T02:05:01Z", kind: "package", what: "package containerd upgraded 1.6.20 -> 1.7.2" },
    { at: "2026-11-21T02:06:00Z", kind: "package", what: "package kubelet 1.31.4 installed" },
    { at: "2026-11-21T02:09:00Z", kind: "crash" },
    { at: "2026-11-21T02:10:00Z", kind: "boot" },
  ]);
});

test("asked, and nothing changed; not asked, nothing is said", () => {
  expect(derive({ "package.rows": [] })).toEqual({ "change.rows": [] });
  expect(derive({})).toEqual({});
});
