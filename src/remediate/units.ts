/**
 * The units an action may restart. A node prints its own units' names, so a name is only taken from this list; the
 * sudoers rules for the acting user are made from it too. The test beside compares it with what the probes look for.
 */

export const runtimeUnits = [
  "containerd.service",
  "crio.service",
  "docker.service",
  "cri-docker.service",
  "snap.microk8s.daemon-containerd.service",
  "k3s-agent.service",
  "rke2-agent.service",
  "k0sworker.service",
] as const;

export const kubeletUnits = [
  "kubelet.service",
  "snap.kubelet-eks.daemon.service",
  "k3s-agent.service",
  "rke2-agent.service",
  "k0sworker.service",
] as const;

/** These run the API server in the same unit: restarting one is no matter of one node. */
export const controlPlaneUnits: readonly string[] = [
  "k3s.service",
  "rke2-server.service",
  "k0scontroller.service",
  "snap.microk8s.daemon-kubelite.service",
];
