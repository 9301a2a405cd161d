import { describe, expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletConfig } from "./kubelet-config.ts";

const path = "/var/lib/kubelet/config.yaml";
const asked = ["head", "-v", "-c", "131072", path];

/** kubelet 1.34 in the lab. */
const sample = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}}
cgroupDriver: cgroupfs
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
evictionHard: {"nodefs.available": "10%"}
featureGates: {NodeSwap: true}
resolvConf: /etc/resolv.conf
failSwapOn: true
maxPods: 2
`;
const shown = (content: string) => value(`==> ${path} <==\n${content}`);

test("reads the config file", () => {
  expect(valuesOf(kubeletConfig, shown(sample), { asked })).toEqual({
    "kubelet.config.exists": true,
    "kubelet.config.path": path,
    "kubelet.config.protectKernelDefaults": null,
    "kubelet.config.registerNode": null,
    "kubelet.config.serverTlsBootstrap": null,
    "kubelet.config.tlsCertFile": null,
    "kubelet.config.valid": true,
    "kubelet.config.error": null,
    "kubelet.config.kind": "KubeletConfiguration",
    "kubelet.config.cgroupDriver": "cgroupfs",
    "kubelet.config.failSwapOn": true,
    "kubelet.config.rotateCertificates": null,
    "kubelet.config.maxPods": 2,
    "kubelet.config.resolvConf": "/etc/resolv.conf",
    "kubelet.config.runtimeEndpoint": "unix:///run/containerd/containerd.sock",
    "kubelet.config.staticPodPath": null,
    "kubelet.config.clientCA": "/etc/kubernetes/pki/ca.crt",
    "kubelet.config.cpuManagerPolicy": null,
    "kubelet.config.evictionHard": [{ signal: "nodefs.available", threshold: "10%" }],
    "kubelet.config.featureGates": [{ name: "NodeSwap", value: true }],
  });
});

describe("a file the kubelet cannot use", () => {
  test.each([
    ["no colon", sample.replace("resolvConf:", "resolvConf"), /line|key/i],
    ["a wrong type", sample.replace("failSwapOn: true", 'failSwapOn: "no"'), /failSwapOn/],
    ["another kind", "apiVersion: v1\nkind: Config\nclusters: []", /Config/],
    ["empty", "", /./],
    ["no map", "just text", /./],
    [
      "an alias bomb",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]`,
      /./,
    ],
  ])("%s", (_, content, error) => {
    const found = valuesOf(kubeletConfig, shown(content), { asked });
    expect(found["kubelet.config.valid"]).toBe(false);
    expect(found["kubelet.config.error"]).toMatch(error);
  });
});

test("a file that is missing", () => {
  const gone = value("", { stderr: `head: cannot open '${path}' for reading: No such file or directory`, exitCode: 1 });
  expect(valuesOf(kubeletConfig, gone, { asked })).toEqual({
    "kubelet.config.exists": false,
    "kubelet.config.valid": null,
  });
  const denied = value("", { stderr: `head: cannot open '${path}' for reading: Permission denied`, exitCode: 1 });
  expect(valuesOf(kubeletConfig, denied, { asked })).toEqual({});
});

test("pasted output is judged only if it looks like a config", () => {
  const pasted = { asked: [`cat ${path}`] };
  expect(valuesOf(kubeletConfig, sample, pasted)).toMatchObject({ "kubelet.config.valid": true });
  expect(valuesOf(kubeletConfig, "● kubelet.service - x\n Active: failed", pasted)).toEqual({
    "kubelet.config.exists": true,
    "kubelet.config.path": path,
  });
});
