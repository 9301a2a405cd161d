import type { Known } from "../../collect/probe.ts";
import type { FactValue } from "../../facts/fact.ts";

/**
 * What is found on nodes of each flavour where nobody has moved anything. Only for writing down beforehand what a
 * reading login will be asked to run; a diagnosis looks, and `grants sudoers --node` takes what it saw.
 */

type Facts = Readonly<Record<string, FactValue>>;

const kubelet = "/var/lib/kubelet";

const unit = (name: string, fragment: string, ...dropIns: readonly string[]): Facts => ({
  "kubelet.unit.name": name,
  "kubelet.unit.fragment": fragment,
  "kubelet.unit.dropIns": dropIns,
});
const socket = (path: string): Facts => ({ "cri.socket.exists": true, "cri.socket.path": path });
const cni = (conf: string, bin: string): Facts => ({ "containerd.cniConfDir": conf, "containerd.cniBinDir": bin });
const usualCni = cni("/etc/cni/net.d", "/opt/cni/bin");
const containerd = socket("/run/containerd/containerd.sock");
const crio = socket("/run/crio/crio.sock");
const ownUnit = unit("kubelet.service", "/etc/systemd/system/kubelet.service");

/** kubeadm's own layout, whichever package brought the unit. */
const kubeadm: Facts = {
  "kubelet.binary": "/usr/bin/kubelet",
  "kubelet.configPath": `${kubelet}/config.yaml`,
  "kubelet.kubeconfigPath": "/etc/kubernetes/kubelet.conf",
  "kubeconfig.clientCertificatePath": `${kubelet}/pki/kubelet-client-current.pem`,
  ...usualCni,
};

const kubeadmUnits: readonly Facts[] = ["/lib", "/usr/lib"].map((lib) =>
  unit(
    "kubelet.service",
    `${lib}/systemd/system/kubelet.service`,
    `${lib === "/lib" ? "/usr/lib" : lib}/systemd/system/kubelet.service.d/10-kubeadm.conf`,
  ),
);

/** k3s and RKE2 keep the same things below a folder of their own (docs.k3s.io, docs.rke2.io: directories). */
function rancher(name: "k3s" | "rke2", fragment: string, network: Facts): Facts {
  const agent = `/var/lib/rancher/${name}/agent`;
  return {
    ...unit(fragment.split("/").at(-1) ?? "", fragment),
    ...socket("/run/k3s/containerd/containerd.sock"),
    "kubelet.kubeconfigPath": `${agent}/kubelet.kubeconfig`,
    "kubeconfig.clientCertificatePath": `${agent}/client-kubelet.crt`,
    "kubeconfig.caPath": `${agent}/server-ca.crt`,
    "kubelet.config.tlsCertFile": `${agent}/serving-kubelet.crt`,
    ...network,
  };
}

const k3sCni = cni("/var/lib/rancher/k3s/agent/etc/cni/net.d", "/var/lib/rancher/k3s/data/cni");
const rke2Units = ["/usr/local/lib", "/usr/lib"].flatMap((lib) =>
  ["rke2-server", "rke2-agent"].map((name) => `${lib}/systemd/system/${name}.service`),
);

/** Cloud images: a unit of their own, and a kubeconfig that fetches a token or holds a certificate of kubelet's. */
const cloud = (binary: string, configPath: string): Facts => ({
  ...ownUnit,
  ...containerd,
  ...usualCni,
  "kubelet.binary": binary,
  "kubelet.configPath": configPath,
  "kubelet.kubeconfigPath": `${kubelet}/kubeconfig`,
  "kubeconfig.clientCertificatePath": `${kubelet}/pki/kubelet-client-current.pem`,
  "kubelet.config.serverTlsBootstrap": true,
});

const table: readonly Facts[] = [
  // kubeadm and kind
  ...kubeadmUnits.flatMap((own) => [containerd, crio].map((cri) => ({ ...kubeadm, ...own, ...cri }))),
  { ...kubeadm, ...ownUnit, ...containerd, "kubelet.config.serverTlsBootstrap": true },
  // k3s, RKE2
  ...["k3s", "k3s-agent"].map((name) => rancher("k3s", `/etc/systemd/system/${name}.service`, k3sCni)),
  ...rke2Units.map((fragment) => rancher("rke2", fragment, usualCni)),
  // MicroK8s
  {
    ...unit("snap.microk8s.daemon-kubelite.service", "/etc/systemd/system/snap.microk8s.daemon-kubelite.service"),
    ...socket("/var/snap/microk8s/common/run/containerd.sock"),
    "kubelet.kubeconfigPath": "/var/snap/microk8s/current/credentials/kubelet.config",
    "kubeconfig.caPath": "/var/snap/microk8s/current/certs/ca.crt",
    ...cni("/var/snap/microk8s/current/args/cni-network", "/var/snap/microk8s/current/opt/cni/bin"),
  },
  // k0s
  ...["k0scontroller", "k0sworker"].map((name) => ({
    ...unit(`${name}.service`, `/etc/systemd/system/${name}.service`),
    ...socket("/run/k0s/containerd.sock"),
    "kubelet.kubeconfigPath": "/var/lib/k0s/kubelet.conf",
    "kubeconfig.clientCertificatePath": "/var/lib/k0s/kubelet/pki/kubelet-client-current.pem",
    ...usualCni,
  })),
  cloud("/usr/bin/kubelet", "/etc/kubernetes/kubelet/config.json"), // EKS, Amazon Linux 2023
  cloud("/home/kubernetes/bin/kubelet", "/home/kubernetes/kubelet-config.yaml"), // GKE
  cloud("/usr/local/bin/kubelet", "/etc/default/kubeletconfig.json"), // AKS
  { ...cloud("/usr/bin/kubelet", "/etc/kubernetes/kubelet.conf"), ...crio }, // OpenShift
];

export const flavours: readonly Known[] = table.map((facts) => new Map(Object.entries(facts)));
