import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { kubeletArgsRancher } from "./kubelet-args-rancher.ts";

/** grep 3.8 on a configuration in the form of docs.k3s.io; its token and server stand on lines that are not asked for. */
const sample = `/etc/rancher/k3s/config.yaml:tls-san:
/etc/rancher/k3s/config.yaml:  - "name=k3s.example.com"
/etc/rancher/k3s/config.yaml:kubelet-arg:
/etc/rancher/k3s/config.yaml:  - "max-pods=200"
/etc/rancher/k3s/config.yaml:  - cgroup-driver=systemd
/etc/rancher/k3s/config.yaml:disable:
/etc/rancher/k3s/config.yaml:  - traefik
grep: /etc/rancher/rke2/config.yaml: No such file or directory`;

test("reads the kubelet's flags and no others", () => {
  const found = valuesOf(kubeletArgsRancher, sample);
  expect(found["kubelet.flags"]).toEqual([
    { name: "max-pods", value: "200" },
    { name: "cgroup-driver", value: "systemd" },
  ]);
  expect(found["kubelet.config.cgroupDriver"]).toBe("systemd");
  expect(found).not.toHaveProperty(["kubelet.configPath"]);
});

test.each(["", "grep: /etc/rancher/k3s/config.yaml: No such file or directory"])("%j sets nothing", (text) => {
  expect(valuesOf(kubeletArgsRancher, text)).toEqual({});
});

test("only k3s and RKE2 are asked", () => {
  const { via } = kubeletArgsRancher;
  const argv = (unit: string) =>
    via.source === "ssh" && typeof via.argv === "function" ? via.argv(new Map([["kubelet.unit.name", unit]])) : [];
  expect(argv("kubelet.service")).toBeNull();
  expect(argv("k3s-agent.service")?.[0]).toBe("grep");
});
