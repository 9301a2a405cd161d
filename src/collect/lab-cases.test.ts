import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import type { FactState, FactValue } from "../facts/fact.ts";
import { readFacts } from "../facts/read.ts";
import { loadRegistry } from "./registry.ts";
import { caseSchema, evidenceOfCase } from "./sources/case-file.ts";

/**
 * Everything that was recorded on real broken nodes, read by every parser. The recordings lie beside the checkout and
 * are not part of it; without them there is nothing to test.
 */
const folder = new URL("../../../shared/lab-cases/", import.meta.url);
const registry = await loadRegistry();

function factsOf(name: string): ReadonlyMap<string, FactState> {
  const file = caseSchema.parse(parse(readFileSync(new URL(`${name}.yaml`, folder), "utf8")));
  return readFacts(evidenceOfCase(file, registry.readers), registry).facts;
}

function valueIn(facts: ReadonlyMap<string, FactState>, name: string): FactValue | null | undefined {
  const state = facts.get(name);
  return state?.kind === "value" ? state.value : state?.kind === "absent" ? null : undefined;
}

type Expected = Readonly<Record<string, FactValue | null>>;
const runs: Expected = {
  "kubelet.unit.active": "active",
  "kubelet.unit.sub": "running",
  "kubelet.healthz": "ok",
  "port.10250Owner": "kubelet",
};
const loops: Expected = {
  "kubelet.unit.active": "activating",
  "kubelet.unit.sub": "auto-restart",
  "kubelet.healthz": "refused",
  "port.kubelet": false,
};
const runtimeRuns: Expected = { "runtime.unit.active": "active", "cri.answers": "ok", "cri.runtimeReady": true };
const reached: Expected = { "api.fromNode": "ok", "firewall.dropsApi": false };

const expectations: readonly (readonly [string, Expected])[] = [
  [
    "apiserver-firewalled",
    {
      ...runs,
      ...runtimeRuns,
      "api.fromNode": "timed-out",
      "firewall.dropsApi": true,
      "firewall.line": "-A OUTPUT -p tcp -m tcp --dport 6443 -j DROP",
      "node.ready": "Unknown",
    },
  ],
  [
    "cni-plugin-path-mismatch",
    {
      ...runs,
      ...runtimeRuns,
      ...reached,
      "cni.valid": true,
      "cni.binDir": "/opt/cni/bin",
      "cni.missing": ["bridge", "host-local", "portmap"],
    },
  ],
  [
    "containerd-disabled-reboot",
    {
      ...loops,
      ...reached,
      "kubelet.unit.exitCode": 1,
      "runtime.unit.active": "inactive",
      "runtime.unit.file": "disabled",
      "runtime.unit.neverStarted": true,
      "cri.answers": "no-socket",
      "cri.socket.exists": false,
    },
  ],
  [
    "containerd-hung",
    {
      ...runs,
      ...reached,
      "runtime.unit.active": "active",
      "runtime.process.state": "T",
      "cri.answers": "hung",
      "cri.socket.exists": true,
      "node.ready": "False",
    },
  ],
  [
    "containerd-socket-removed",
    { ...loops, ...reached, "runtime.unit.active": "active", "cri.answers": "no-socket", "cri.socket.exists": false },
  ],
  [
    "containerd-stopped",
    {
      ...runs,
      ...reached,
      "runtime.unit.active": "inactive",
      "runtime.unit.result": "success",
      "runtime.unit.exitCode": 0,
      "runtime.unit.file": "enabled",
      "runtime.unit.since": "2026-11-21T02:11:30Z",
      "cri.answers": "no-socket",
      "node.readyMessage": "container runtime is down",
    },
  ],
  [
    "kubelet-client-cert-expired",
    {
      ...runs,
      ...runtimeRuns,
      ...reached,
      "clientCert.notAfter": "2026-11-20T02:11:29Z",
      "clientCert.subject": "system:node:n2",
      "clientCert.verifies": "expired",
      "ca.notAfter": "2036-11-18T01:34:26Z",
    },
  ],
  [
    "kubelet-config-invalid-yaml",
    {
      ...loops,
      ...runtimeRuns,
      ...reached,
      "kubelet.config.exists": true,
      "kubelet.config.valid": false,
      "kubelet.unit.exitCode": 1,
    },
  ],
  [
    "kubelet-disabled-reboot",
    {
      ...runtimeRuns,
      "kubelet.unit.active": "inactive",
      "kubelet.unit.file": "disabled",
      "kubelet.unit.neverStarted": true,
      "kubelet.healthz": "refused",
    },
  ],
  [
    "kubelet-oom-killed",
    {
      ...loops,
      ...runtimeRuns,
      "kubelet.unit.result": "signal",
      "kubelet.unit.exitSignal": 9,
      "kubelet.unit.exitCode": null,
      "kubelet.unit.memoryMax": 12_582_912,
    },
  ],
  [
    "kubelet-stopped",
    {
      ...runtimeRuns,
      ...reached,
      "kubelet.unit.active": "inactive",
      "kubelet.unit.result": "success",
      "kubelet.unit.exitCode": 0,
      "kubelet.unit.file": "enabled",
      "kubelet.unit.neverStarted": false,
      "kubelet.unit.since": "2026-11-21T02:09:57Z",
      "kubelet.healthz": "refused",
    },
  ],
  [
    "max-pods-reached",
    { ...runs, ...runtimeRuns, "node.maxPods": 2, "kubelet.config.maxPods": 2, "node.ready": "True" },
  ],
  [
    "var-filesystem-readonly",
    {
      ...runs,
      ...reached,
      "mount.readOnlyRoles": ["kubelet", "runtime", "log"],
      "runtime.unit.active": "activating",
      "runtime.unit.result": "exit-code",
      "cri.answers": "no-socket",
    },
  ],
  [
    "var-full",
    {
      ...runs,
      ...runtimeRuns,
      "disk.kubeletUsedPercent": 98,
      "disk.runtimeUsedPercent": 98,
      "disk.rootUsedPercent": 26,
      "inode.kubeletUsedPercent": 2,
    },
  ],
  ["var-inodes-exhausted", { ...runs, ...runtimeRuns, "disk.kubeletUsedPercent": 2, "inode.kubeletUsedPercent": 100 }],
];

describe.each(expectations)("%s", (name, expected) => {
  const given = existsSync(folder) ? test : test.skip;

  given("shows what is broken, and what is not", () => {
    const facts = factsOf(name);
    expect(Object.fromEntries(Object.keys(expected).map((fact) => [fact, valueIn(facts, fact)]))).toEqual(expected);
  });

  given("shows the same sound things on every node", () => {
    const facts = factsOf(name);
    const sound: Expected = {
      "swap.on": false,
      "kubeconfig.valid": true,
      "kubeconfig.server": "https://10.77.0.1:6443",
      "containerd.config.valid": true,
      "containerd.criDisabled": false,
      "net.defaultRoute": true,
      "net.primaryUp": true,
      "kernel.version": "6.18.44-fc-v657",
      "reach.ssh": "open",
      "modules.loaded": [],
      "memory.totalKiB": 24_683_520,
    };
    expect(Object.fromEntries(Object.keys(sound).map((fact) => [fact, valueIn(facts, fact) ?? null]))).toEqual(sound);
  });
});
