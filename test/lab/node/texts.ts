import { apiUrl, type Place } from "../place.ts";
import { addressOf, type NodeSpec } from "./spec.ts";

/** The configuration files of a node. */

const pem = "/var/lib/kubelet/pki/kubelet-client-current.pem";

export const kubeconfig = (place: Place): string => `apiVersion: v1
kind: Config
current-context: default
clusters:
- name: default
  cluster: { server: "${apiUrl(place)}", certificate-authority: /etc/kubernetes/pki/ca.crt }
contexts:
- name: default
  context: { cluster: default, user: default }
users:
- name: default
  user: { client-certificate: ${pem}, client-key: ${pem} }
`;

/** Short clocks make faults visible soon: a status every 2 s, a lease of 8 s. */
export const kubeletConfig = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}}
authorization: {mode: Webhook}
cgroupDriver: cgroupfs
cgroupsPerQOS: true
enforceNodeAllocatable: [pods]
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
nodeStatusUpdateFrequency: 2s
nodeStatusReportFrequency: 10s
nodeLeaseDurationSeconds: 8
resolvConf: /etc/resolv.conf
failSwapOn: true
staticPodPath: /etc/kubernetes/manifests
`;

/** A node sees its cgroup file systems read-only until they are remounted; a unit file writes a shell's `$c` as `$$c`. */
export const kubeletUnit = (place: Place, spec: NodeSpec): string => `[Unit]
Description=kubelet: The Kubernetes Node Agent
After=containerd.service network-online.target
[Service]
ExecStartPre=-/bin/sh -c 'for c in cpu cpuacct cpuset memory devices freezer blkio pids; do mount -o remount,bind,rw /sys/fs/cgroup/$$c; done'
ExecStart=/usr/bin/kubelet --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml --node-ip=${addressOf(place, spec)} --hostname-override=${spec.name} --v=2
Restart=always
RestartSec=10
StartLimitInterval=0
[Install]
WantedBy=multi-user.target
`;

/** `restrict_oom_score_adj`: a node may not lower its processes' scores, and pods would fail for it. */
export const containerdConfig = `version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "lab/pause:1"
  restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".containerd]
  snapshotter = "native"
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/opt/cni/bin"
  conf_dir = "/etc/cni/net.d"
`;

export const cniConfig = ({ index }: NodeSpec): string => {
  const range = { subnet: `10.244.${index}.0/24` };
  const ipam = { type: "host-local", ranges: [[range]], routes: [{ dst: "0.0.0.0/0" }] };
  const plugins = [
    { type: "bridge", bridge: "cni0", isGateway: true, ipMasq: false, ipam },
    { type: "portmap", capabilities: { portMappings: true } },
  ];
  return JSON.stringify({ cniVersion: "0.4.0", name: "lab", plugins }, null, 1);
};

export const network = (address: string, gateway: string): string =>
  `[Match]\nName=host0\n[Network]\nAddress=${address}/24\nGateway=${gateway}\n`;
