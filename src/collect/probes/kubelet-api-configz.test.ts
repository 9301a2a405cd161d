import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletApiConfigz } from "./kubelet-api-configz.ts";

/** GET /configz of a kubelet 1.34 set up by kubeadm, without the parts nothing reads; it names neither kind nor version. */
const config = {
  enableServer: true,
  staticPodPath: "/etc/kubernetes/manifests",
  syncFrequency: "1m0s",
  rotateCertificates: true,
  authentication: {
    x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" },
    webhook: { enabled: true, cacheTTL: "2m0s" },
    anonymous: { enabled: false },
  },
  cgroupDriver: "systemd",
  cpuManagerPolicy: "none",
  maxPods: 110,
  resolvConf: "/run/systemd/resolve/resolv.conf",
  evictionHard: { "imagefs.available": "15%", "memory.available": "100Mi", "nodefs.available": "10%" },
  failSwapOn: true,
  containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock",
  protectKernelDefaults: false,
};

test("what it runs with, under the names of the config file's facts, and nothing of the file", () => {
  const found = valuesOf(kubeletApiConfigz, JSON.stringify({ kubeletconfig: config }));
  expect(found).toMatchObject({
    "kubelet.config.cgroupDriver": "systemd",
    "kubelet.config.failSwapOn": true,
    "kubelet.config.maxPods": 110,
    "kubelet.config.clientCA": "/etc/kubernetes/pki/ca.crt",
    "kubelet.config.runtimeEndpoint": "unix:///run/containerd/containerd.sock",
    "kubelet.config.tlsCertFile": null,
    "kubelet.config.evictionHard": expect.arrayContaining([{ signal: "nodefs.available", threshold: "10%" }]),
  });
  expect(Object.keys(found).filter((name) => !(name in kubeletApiConfigz.provides))).toEqual([]);
});

test.each(["", "[]", '{"kubeletconfig":[]}', '{"kubeletconfig":{"maxPods":"many"}}', "<html>"])(
  "%s is none",
  (text) => {
    expect(valuesOf(kubeletApiConfigz, text)).toEqual({});
  },
);

test("half of it is none", () => {
  const half = value(JSON.stringify({ kubeletconfig: config }), { truncated: true });
  expect(valuesOf(kubeletApiConfigz, half)).toEqual({});
});
