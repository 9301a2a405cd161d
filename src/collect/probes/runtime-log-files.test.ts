import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { nothingKnown } from "../parse/testing.ts";
import { runtimeLogFiles } from "./runtime-log-files.ts";

/** coreutils 9.1 tail -v; lines of containerd 1.7 and a kubelet of RKE2 1.30. */
const sample = `==> /var/lib/rancher/rke2/agent/containerd/containerd.log <==
time="2026-11-21T02:05:01.101Z" level=info msg="containerd successfully booted in 0.05s"

==> /var/lib/rancher/rke2/agent/logs/kubelet.log <==
E1121 02:05:03.967390    1201 kubelet.go:2466] "Error getting node" err="node \\"n1\\" not found"`;

test("each file goes to its own log", () => {
  const { logs } = runtimeLogFiles.read(value(sample), nothingKnown);
  expect(logs?.runtime).toMatch(/^time=.*booted/);
  expect(logs?.kubelet).toMatch(/^E1121 .*not found/);
});

test("only the flavours that have such files are asked", () => {
  const { via } = runtimeLogFiles;
  const argv = (unit: string) =>
    via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map([["kubelet.unit.name", unit]])) : [];
  expect(argv("k3s-agent.service")).toContain("/var/lib/rancher/k3s/agent/containerd/containerd.log");
  expect(argv("kubelet.service")).toBeNull();
});

test("a file that is missing is no empty log", () => {
  const text = "tail: cannot open '/var/lib/rancher/k3s/agent/containerd/containerd.log' for reading: No such file";
  expect(runtimeLogFiles.read(value(text), nothingKnown).logs).toEqual({});
});
