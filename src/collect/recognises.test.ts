import { describe, expect, test } from "@jest/globals";
import { loadRegistry } from "./registry.ts";
import { commandParts, wordsOf } from "./sources/command-text.ts";

/** Commands as people type them above what they paste, and the readers that must know them. */
const { readers } = await loadRegistry();

function readersOf(command: string): readonly string[] {
  const parts = commandParts(command);
  return readers
    .filter(({ recognises }) => parts.some((part) => recognises?.(wordsOf(part), part)))
    .map(({ id }) => id)
    .sort();
}

describe("known commands", () => {
  test.each<[string, readonly string[]]>([
    ["df -h", ["disk-space"]],
    ["df -i", ["disk-inodes"]],
    ["sudo df -Pk /var/lib/kubelet", ["disk-space"]],
    ["free -m; cat /proc/swaps", ["memory", "swap"]],
    ["cat /proc/mounts", ["mounts"]],
    ["systemctl show kubelet", ["systemd-answers", "unit-kubelet"]],
    ["systemctl show containerd", ["systemd-answers", "unit-runtime"]],
    ["systemctl status kubelet containerd --no-pager -l -n 30", ["systemd-answers", "unit-kubelet", "unit-runtime"]],
    ["systemctl cat kubelet containerd", ["kubelet-args-unit", "systemd-answers"]],
    ["sudo systemctl status k3s-agent", ["systemd-answers", "unit-kubelet", "unit-runtime"]],
    ["timeout 10 crictl info; echo rc=$?", ["crictl-info"]],
    ["crictl --runtime-endpoint unix:///run/crio/crio.sock ps -a", ["crictl-ps"]],
    ["k3s crictl pods", ["crictl-pods"]],
    ["journalctl -u kubelet -b --no-pager", ["kubelet-journal"]],
    ["journalctl -xeu containerd", ["runtime-journal"]],
    ["journalctl -k -b", ["kernel-log-journal"]],
    ["dmesg -T", ["kernel-log"]],
    ["journalctl --list-boots --no-pager", ["boots"]],
    ["journalctl -b -1 -n 100", ["previous-boot"]],
    ["kubectl get node n1 -o json", ["node-object", "nodes"]],
    ["kubectl get nodes -ojson", ["node-object", "nodes"]],
    ["kubectl get lease NODE -n kube-node-lease -o json", ["node-lease"]],
    ["kubectl get pods -A --field-selector spec.nodeName=n1 -o json", ["node-pods"]],
    ["kubectl get csr -o json", ["csrs"]],
    ["kubectl describe node n1", ["node-describe"]],
    [
      "openssl x509 -in /var/lib/kubelet/pki/kubelet-client-current.pem -noout -dates",
      ["cluster-ca", "kubelet-client-cert"],
    ],
    ["openssl verify -CAfile /etc/kubernetes/pki/ca.crt x.pem", ["kubelet-client-cert-chain"]],
    ["cat /var/lib/kubelet/config.yaml", ["kubelet-config"]],
    ["sed -E 's/a/b/; s/c/d/' /etc/kubernetes/kubelet.conf", ["kubeconfig"]],
    ["cat /etc/containerd/config.toml", ["runtime-config"]],
    ["cat /etc/crio/crio.conf.d/10-crio.conf", ["crio-config"]],
    ["head -c 4000 /etc/cni/net.d/*", ["cni-config"]],
    ["ls -la /etc/cni/net.d /opt/cni/bin/", ["cni-plugins"]],
    ["ls -la /run/containerd", ["cri-socket"]],
    ["curl -s http://127.0.0.1:10248/healthz", ["kubelet-healthz"]],
    ["curl -k https://10.77.0.1:6443/healthz", ["api-from-node"]],
    ["curl -sk https://10.77.0.13:10250/healthz", ["reach-kubelet"]],
    ["timeout 5 bash -c 'exec 3<>/dev/tcp/10.77.0.13/22; head -1 <&3'; echo rc=$?", ["reach-ssh"]],
    ["ssh root@10.77.0.13 true", ["reach-ssh"]],
    ["lsmod; uname -a; cat /etc/os-release", ["kernel-version", "modules-loaded"]],
    ["date -u; timedatectl; systemctl is-active chrony", ["clock", "clock-sync", "systemd-answers"]],
    ["ip addr", ["net-addresses"]],
    ["ip route; ip rule", ["net-routes"]],
    ["iptables -S; iptables -t nat -S", ["firewall-iptables"]],
    ["ss -ltnp", ["listening"]],
    ["sysctl kernel.pid_max fs.inotify.max_user_instances", ["open-files", "pids", "sysctls"]],
    ["cat /proc/cgroups; ls /sys/fs/cgroup", ["cgroup-controllers"]],
    ["cat /etc/resolv.conf /etc/hosts", ["resolv-conf"]],
    ["uptime; cat /proc/loadavg; uptime -s", ["boot", "load", "pids"]],
    ["kubelet --version; containerd --version", ["kubelet-version", "runtime-version"]],
    ["ps -eo pid,stat,comm | cut -c1-200 | head -60", ["kubelet-args-running", "processes"]],
  ])("%s", (command, ids) => {
    expect(readersOf(command)).toEqual(ids);
  });
});

describe("what is left out would seem to be missing", () => {
  test.each([
    "ss -ltnp | grep 10250",
    "df -h | grep var",
    "cat /var/lib/kubelet/config.yaml | grep cgroup",
    "mount | grep nfs",
    "journalctl -u kubelet | grep error",
    "dmesg | tail",
    "kubectl get node n1 -o json | jq .status",
  ])("%s is only text", (command) => {
    expect(readersOf(command)).toEqual([]);
  });
});

describe("other people's commands", () => {
  test.each([
    "kubectl get nodes",
    "kubeadm init",
    "nerdctl info",
    "ls -l",
    "cat /etc/environment",
    "systemctl --failed --no-pager",
  ])("%s", (command) => {
    expect(readersOf(command).filter((id) => id !== "systemd-answers")).toEqual([]);
  });
});
