/** Packages whose change can take a node down: the kubelet, runtimes, CNI, kernel, and what those stand on. */
export const nodePackages = [
  ...["kubelet", "kubeadm", "kubectl", "kubernetes-cni", "cri-tools", "cri-o", "cri-dockerd", "k3s", "rke2"],
  ...["containerd", "containernetworking-plugins", "runc", "crun", "docker", "moby", "nvidia-container-toolkit"],
  ...["linux-image", "linux-modules", "kernel", "systemd", "libc6", "glibc", "iptables", "nftables", "selinux-policy"],
  ...["cloud-init", "chrony", "ca-certificates", "openssl", "libseccomp", "nvidia-driver", "containers-common"],
] as const;

const known = new RegExp(`^(${nodePackages.join("|")})([-.:0-9]|$)`);

export function isNodePackage(name: string): boolean {
  return known.test(name);
}
