import { expect, test } from "@jest/globals";
import { valuesOf } from "../parse/testing.ts";
import { kubeletArgsRunning } from "./kubelet-args-running.ts";

/** procps 4.0, kubelet 1.34. */
const sample =
  "/usr/bin/kubelet --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml --cgroup-driver systemd --fail-swap-on=false --max-pods=30 --hostname-override=n3 --v=2";

test("reads the flags, and what they set in place of the config file", () => {
  expect(valuesOf(kubeletArgsRunning, sample)).toMatchObject({
    "kubelet.binary": "/usr/bin/kubelet",
    "kubelet.kubeconfigPath": "/etc/kubernetes/kubelet.conf",
    "kubelet.bootstrapKubeconfigPath": null,
    "kubelet.configPath": "/var/lib/kubelet/config.yaml",
    "kubelet.nodeName": "n3",
    "kubelet.config.cgroupDriver": "systemd",
    "kubelet.config.failSwapOn": false,
    "kubelet.config.maxPods": 30,
  });
});

test("finds the kubelet in a whole table, and no other program", () => {
  const row = "     77       1 Ssl       48 81360 kubelet         /usr/bin/kubelet --v=2";
  expect(valuesOf(kubeletArgsRunning, `USER PID COMMAND\n${row}`)["kubelet.flags"]).toEqual([
    { name: "v", value: "2" },
  ]);
  expect(
    valuesOf(kubeletArgsRunning, "root 9 grep --color=auto kubelet\nroot 8 /usr/bin/kubelet-csr-approver --x"),
  ).toEqual({});
});

test("flags that a pipe cut in two are not read", () => {
  const asked = ["ps -eo args | cut -c1-40"];
  expect(valuesOf(kubeletArgsRunning, sample.slice(0, 40), { asked })).toEqual({});
});
