import { expect, test } from "@jest/globals";
import { value } from "../../evidence/evidence.ts";
import { valuesOf } from "../parse/testing.ts";
import { kubeletArgsUnit } from "./kubelet-args-unit.ts";

/** kubeadm 1.31 on Debian, as `head -v` shows its four files. */
const sample = `==> /usr/lib/systemd/system/kubelet.service <==
[Service]
ExecStart=/usr/bin/kubelet

==> /usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf <==
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS \\
  $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS

==> /var/lib/kubelet/kubeadm-flags.env <==
KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///var/run/containerd/containerd.sock --pod-infra-container-image=registry.k8s.io/pause:3.10"
`;

test("expands what the unit's files set", () => {
  expect(
    valuesOf(
      kubeletArgsUnit,
      value(sample, {
        stderr: "head: cannot open '/etc/default/kubelet' for reading: No such file or directory",
        exitCode: 1,
      }),
    ),
  ).toMatchObject({
    "kubelet.execStart":
      "/usr/bin/kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml --container-runtime-endpoint=unix:///var/run/containerd/containerd.sock --pod-infra-container-image=registry.k8s.io/pause:3.10",
    "kubelet.binary": "/usr/bin/kubelet",
    "kubelet.kubeconfigPath": "/etc/kubernetes/kubelet.conf",
    "kubelet.bootstrapKubeconfigPath": "/etc/kubernetes/bootstrap-kubelet.conf",
    "kubelet.config.runtimeEndpoint": "unix:///var/run/containerd/containerd.sock",
    "kubelet.unitEnvironment": ["KUBELET_KUBECONFIG_ARGS", "KUBELET_CONFIG_ARGS", "KUBELET_KUBEADM_ARGS"],
  });
});

/** systemctl cat of the lab: a drop-in starts the kubelet through a shell, and another unit follows. */
test("reads systemctl cat and leaves other units alone", () => {
  const text = `# /etc/systemd/system/kubelet.service
[Service]
ExecStart=/usr/bin/kubelet --v=2
# /etc/systemd/system/kubelet.service.d/50-memory.conf
[Service]
ExecStart=
ExecStart=/bin/sh -c 'echo $$$$ > /sys/fs/cgroup/x; exec /usr/bin/kubelet --config=/k.yaml --v=3'
# /lib/systemd/system/containerd.service
[Service]
ExecStart=/usr/bin/containerd`;
  expect(valuesOf(kubeletArgsUnit, text)).toMatchObject({
    "kubelet.binary": "/usr/bin/kubelet",
    "kubelet.configPath": "/k.yaml",
    "kubelet.flags": [
      { name: "config", value: "/k.yaml" },
      { name: "v", value: "3" },
    ],
  });
});

test("asks for the files systemd named, and for nothing without them", () => {
  const { via } = kubeletArgsUnit;
  const ask = via.source === "ssh" && typeof via.argv === "function" ? via.argv : () => [];
  expect(ask(new Map())).toBeNull();
  expect(
    ask(
      new Map<string, string | readonly string[]>([
        ["kubelet.unit.fragment", "/a"],
        ["kubelet.unit.dropIns", ["/b"]],
      ]),
    ),
  ).toEqual(expect.arrayContaining(["head", "-v", "/a", "/b", "/etc/default/kubelet"]));
});
