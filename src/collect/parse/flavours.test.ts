import { expect, test } from "@jest/globals";
import type { Probe } from "../probe.ts";
import { kubeletConfig } from "../probes/kubelet-config.ts";
import { runtimeJournal } from "../probes/runtime-journal.ts";
import { criSockets, flavourOfNode, flavourOfUnit, flavours, placesOf, runtimesByUnit } from "./flavours.ts";

test("the table holds each flavour once, each with where it is written down", () => {
  const ids = flavours.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(flavours.filter(({ source }) => !/^https:\/\/[\w.-]+\/\S+$/.test(source))).toEqual([]);
});

test("the upstream places come first, and docker last of the runtimes that may serve a kubelet", () => {
  expect(placesOf("kubeletUnits")[0]).toBe("kubelet.service");
  expect(placesOf("configs")[0]).toBe("/var/lib/kubelet/config.yaml");
  expect(criSockets.at(-1)).toBe("/run/containerd/containerd.sock");
  expect(Object.keys(runtimesByUnit).slice(0, 4)).toEqual([
    "crio.service",
    "cri-docker.service",
    "containerd.service",
    "docker.service",
  ]);
});

test("a place is an absolute local path; a unit is a service", () => {
  const paths = (["configs", "kubeconfigs", "cniBinDirs"] as const).flatMap(placesOf);
  const folders = flavours.flatMap(({ runtimeConfigs, cniConfDirs }) => [...runtimeConfigs, ...cniConfDirs]);
  const files = flavours.flatMap(({ logs }) => logs.map(({ path }) => path));
  expect([...paths, ...folders, ...criSockets, ...files].filter((path) => !/^\/[\w./-]+$/.test(path))).toEqual([]);
  const units = [...placesOf("kubeletUnits"), ...Object.keys(runtimesByUnit)];
  expect(units.filter((unit) => !/^[\w.-]+\.service$/.test(unit))).toEqual([]);
});

test.each([
  ["k3s-agent.service", "k3s"],
  ["snap.microk8s.daemon-kubelite.service", "microk8s"],
  ["kubelet.service", undefined],
  ["nginx.service", undefined],
])("%s is of %s", (unit, id) => {
  expect(flavourOfUnit(unit)?.id).toBe(id);
});

/** What kubelets of each report of themselves (nodeInfo, labels), as public issues and the lab show it. */
test.each([
  ["talos", { osImage: "Talos (v1.9.2)", kubeletVersion: "v1.32.0" }],
  ["bottlerocket", { osImage: "Bottlerocket OS 1.26.1 (aws-k8s-1.31)", kubeletVersion: "v1.31.2-eks-94953ac" }],
  ["eks", { osImage: "Amazon Linux 2023.6.20241121", kubeletVersion: "v1.31.2-eks-94953ac" }],
  ["gke", { osImage: "Container-Optimized OS from Google", kubeletVersion: "v1.31.5-gke.1023000" }],
  ["k3s", { osImage: "Debian GNU/Linux 12 (bookworm)", kubeletVersion: "v1.30.4+k3s1" }],
  ["rke2", { osImage: "SUSE Linux Enterprise Server 15 SP5", kubeletVersion: "v1.30.4+rke2r1" }],
  ["openshift", { osImage: "Red Hat Enterprise Linux CoreOS 416.94.202410211619-0" }],
  ["kind", { osImage: "Debian GNU/Linux 12 (bookworm)", providerID: "kind://docker/kind/kind-worker" }],
  ["aks", { osImage: "Ubuntu 22.04.5 LTS", keys: ["kubernetes.azure.com/cluster"] }],
  ["kubeadm", { osImage: "Ubuntu 22.04.5 LTS", keys: ["kubeadm.alpha.kubernetes.io/cri-socket"] }],
  [undefined, { osImage: "Ubuntu 22.04.5 LTS", kubeletVersion: "v1.31.2" }],
])("%s by what its node says", (id, marks) => {
  const none = { osImage: undefined, kubeletVersion: undefined, providerID: undefined, keys: [] };
  expect(flavourOfNode({ ...none, ...marks })?.id).toBe(id);
});

/** Words that a probe has always asked stay as they are, for what was recorded is found by them: they must fit the table. */
test("probes ask for the runtimes' own units and for configs of the table", () => {
  const words = ({ via }: Probe): readonly string[] =>
    (via.source === "ssh" && (typeof via.argv === "function" ? via.argv(new Map()) : via.argv)) || [];
  const whole = placesOf("kubeletUnits");
  const own = Object.keys(runtimesByUnit).filter((unit) => !whole.includes(unit));
  expect(
    words(runtimeJournal)
      .filter((word) => word.endsWith(".service"))
      .sort(),
  ).toEqual(own.sort());
  const configs = words(kubeletConfig).filter((word) => word.startsWith("/"));
  expect(configs.filter((path) => !placesOf("configs").includes(path))).toEqual([]);
});
