import type { Known } from "../probe.ts";

/** Packages whose change can take a node down: the kubelet, runtimes, CNI, kernel, and what those stand on. */
export const nodePackages = [
  ...["kubelet", "kubeadm", "kubectl", "kubernetes-cni", "cri-tools", "cri-o", "cri-dockerd", "k3s", "rke2"],
  ...["containerd", "containernetworking-plugins", "runc", "crun", "docker", "moby", "nvidia-container-toolkit"],
  ...["linux-image", "linux-modules", "kernel", "systemd", "libc6", "glibc", "iptables", "nftables", "selinux-policy"],
  ...["cloud-init", "chrony", "ca-certificates", "openssl", "libseccomp", "nvidia-driver", "containers-common"],
] as const;

const nodePackage = new RegExp(`^(${nodePackages.join("|")})([-.:0-9]|$)`);

export function isNodePackage(name: string): boolean {
  return nodePackage.test(name);
}

/** Where rpm keeps its database, by release; a folder alone is no database, and rpm would make one to answer from. */
export const ifRpmDatabase = [
  ...["find", "/usr/lib/sysimage/rpm", "/var/lib/rpm", "-maxdepth", "1", "-type", "f", "-size", "+0"],
  ...["(", "-name", "rpmdb.sqlite", "-o", "-name", "Packages", "-o", "-name", "Packages.db", ")", "-exec"],
] as const;

/** Debian's rpm looks into the login's own home and makes a database there: where dpkg keeps the log, rpm is not asked. */
export const keepsDpkgLog = (known: Known): boolean => known.has("package.rows");
