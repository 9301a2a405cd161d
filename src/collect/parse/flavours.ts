/**
 * Where distributions of Kubernetes keep what the probes look for, where nobody has moved anything. Probes look in all
 * places and take what is there; nobody is asked which flavour it is.
 */
export interface Flavour {
  readonly id: string;
  /** How its nodes are known from the API alone; the first row that fits counts. */
  readonly known: {
    readonly osImage?: RegExp;
    readonly version?: RegExp;
    readonly providerID?: RegExp;
    /** Label or annotation keys. */
    readonly key?: RegExp;
  };
  /** Why no command can be run on the node itself; left out: there is a shell. */
  readonly noShell?: string;
  readonly kubeletUnits: readonly string[];
  /** Units and what they run; a unit of a whole distribution carries its own containerd. */
  readonly runtimeUnits: Readonly<Record<string, string>>;
  readonly sockets: readonly string[];
  /** The kubelet's config files and kubeconfigs. */
  readonly configs: readonly string[];
  readonly kubeconfigs: readonly string[];
  readonly runtimeConfigs: readonly string[];
  readonly cniConfDirs: readonly string[];
  readonly cniBinDirs: readonly string[];
  /** Logs that are files beside the journal, by the stream they belong to. */
  readonly logs: readonly { readonly path: string; readonly stream: "kubelet" | "runtime" }[];
  /** Where this is written down. */
  readonly source: string;
}

/** What most flavours leave as the upstream packages have it. */
const upstream = {
  kubeletUnits: ["kubelet.service"],
  runtimeUnits: { "crio.service": "crio", "cri-docker.service": "cri-dockerd", "containerd.service": "containerd" },
  sockets: ["/run/crio/crio.sock", "/run/cri-dockerd.sock", "/run/containerd/containerd.sock"],
  runtimeConfigs: ["/etc/containerd/config.toml"],
  cniConfDirs: ["/etc/cni/net.d"],
  cniBinDirs: ["/opt/cni/bin"],
  configs: ["/var/lib/kubelet/config.yaml"],
  kubeconfigs: ["/etc/kubernetes/kubelet.conf"],
  logs: [],
} as const;

const containerdOnly = {
  runtimeUnits: { "containerd.service": "containerd" },
  sockets: [upstream.sockets[2]],
} as const;

/** k3s and RKE2 keep the same things below folders of their own. */
function rancher(name: "k3s" | "rke2", units: readonly string[]) {
  const agent = `/var/lib/rancher/${name}/agent`;
  return {
    id: name,
    known: { version: name === "k3s" ? /\+k3s/ : /\+rke2/ },
    kubeletUnits: units,
    runtimeUnits: Object.fromEntries(units.map((unit) => [unit, "containerd"])),
    sockets: ["/run/k3s/containerd/containerd.sock"],
    // Since 1.32 the flags are in drop-ins there; before, they are in the unit's own config and on no disk.
    configs: [`${agent}/etc/kubelet.conf.d/00-${name}-defaults.conf`],
    kubeconfigs: [`${agent}/kubelet.kubeconfig`],
    runtimeConfigs: [`${agent}/etc/containerd/config.toml`],
    cniConfDirs: [name === "k3s" ? `${agent}/etc/cni/net.d` : "/etc/cni/net.d"],
    cniBinDirs: [name === "k3s" ? "/var/lib/rancher/k3s/data/cni" : "/opt/cni/bin"],
    logs: [
      { path: `${agent}/containerd/containerd.log`, stream: "runtime" },
      ...(name === "rke2" ? [{ path: `${agent}/logs/kubelet.log`, stream: "kubelet" } as const] : []),
    ],
  } satisfies Omit<Flavour, "source">;
}

/** kubeadm's places first: they are the upstream ones, and what is there counts before what another flavour left. */
export const flavours: readonly Flavour[] = [
  {
    ...upstream,
    id: "kubeadm",
    known: { key: /^kubeadm\.alpha\.kubernetes\.io\// },
    runtimeUnits: { ...upstream.runtimeUnits, "docker.service": "docker" },
    cniBinDirs: ["/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni", "/opt/containerd/cni/bin"],
    source: "https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/kubelet-integration/",
  },
  { ...rancher("k3s", ["k3s.service", "k3s-agent.service"]), source: "https://docs.k3s.io/faq#where-are-the-k3s-logs" },
  {
    ...rancher("rke2", ["rke2-server.service", "rke2-agent.service"]),
    source: "https://docs.rke2.io/reference/logging",
  },
  {
    id: "microk8s",
    known: { key: /^microk8s\.io\// },
    kubeletUnits: ["snap.microk8s.daemon-kubelite.service"],
    runtimeUnits: { "snap.microk8s.daemon-containerd.service": "containerd" },
    sockets: ["/var/snap/microk8s/common/run/containerd.sock"],
    configs: [],
    kubeconfigs: ["/var/snap/microk8s/current/credentials/kubelet.config"],
    runtimeConfigs: ["/var/snap/microk8s/current/args/containerd.toml"],
    cniConfDirs: ["/var/snap/microk8s/current/args/cni-network"],
    cniBinDirs: ["/var/snap/microk8s/current/opt/cni/bin"],
    logs: [],
    source: "https://microk8s.io/docs/configuring-services",
  },
  {
    ...upstream,
    id: "eks",
    known: { version: /-eks-/, key: /^(eks\.amazonaws\.com|alpha\.eksctl\.io)\// },
    ...containerdOnly,
    kubeletUnits: ["kubelet.service", "snap.kubelet-eks.daemon.service"],
    configs: ["/etc/kubernetes/kubelet/config.json", "/etc/kubernetes/kubelet/kubelet-config.json"],
    kubeconfigs: ["/var/lib/kubelet/kubeconfig"],
    source: "https://awslabs.github.io/amazon-eks-ami/nodeadm/",
  },
  {
    id: "k0s",
    known: { version: /\+k0s/ },
    kubeletUnits: ["k0scontroller.service", "k0sworker.service"],
    runtimeUnits: { "k0scontroller.service": "containerd", "k0sworker.service": "containerd" },
    sockets: ["/run/k0s/containerd.sock"],
    configs: ["/var/lib/k0s/kubelet-config.yaml"],
    kubeconfigs: ["/var/lib/k0s/kubelet.conf"],
    runtimeConfigs: ["/etc/k0s/containerd.toml"],
    cniConfDirs: ["/etc/cni/net.d"],
    cniBinDirs: ["/opt/cni/bin"],
    logs: [],
    source: "https://docs.k0sproject.io/stable/runtime/",
  },
  {
    ...upstream,
    id: "gke",
    known: { version: /-gke\./, key: /^cloud\.google\.com\/gke-nodepool$/ },
    ...containerdOnly,
    configs: ["/home/kubernetes/kubelet-config.yaml"],
    kubeconfigs: ["/var/lib/kubelet/kubeconfig"],
    cniBinDirs: ["/home/kubernetes/bin"],
    source: "https://cloud.google.com/container-optimized-os/docs/concepts/features-and-benefits",
  },
  {
    ...upstream,
    id: "aks",
    known: { key: /^kubernetes\.azure\.com\/(cluster|agentpool)$/ },
    ...containerdOnly,
    configs: ["/etc/default/kubeletconfig.json"],
    kubeconfigs: ["/var/lib/kubelet/kubeconfig"],
    source: "https://github.com/Azure/AgentBaker/tree/master/parts/linux/cloud-init/artifacts",
  },
  {
    ...upstream,
    id: "openshift",
    known: { osImage: /Red Hat Enterprise Linux CoreOS|OpenShift/, key: /^node\.openshift\.io\// },
    runtimeUnits: { "crio.service": "crio" },
    sockets: ["/run/crio/crio.sock"],
    // It is /etc/kubernetes/kubelet.conf, where kubeadm has its kubeconfig: only the flag can say so.
    configs: [],
    kubeconfigs: ["/var/lib/kubelet/kubeconfig"],
    cniConfDirs: ["/etc/kubernetes/cni/net.d"],
    cniBinDirs: ["/var/lib/cni/bin"],
    source: "https://github.com/openshift/machine-config-operator/tree/main/templates/common/_base",
  },
  {
    ...upstream,
    id: "flatcar",
    known: { osImage: /^Flatcar/ },
    ...containerdOnly,
    source: "https://www.flatcar.org/docs/latest/container-runtimes/getting-started-with-kubernetes/",
  },
  {
    ...upstream,
    id: "kind",
    known: { providerID: /^kind:/ },
    ...containerdOnly,
    source: "https://kind.sigs.k8s.io/docs/design/node-image/",
  },
  {
    ...upstream,
    id: "bottlerocket",
    known: { osImage: /^Bottlerocket/ },
    noShell: "Bottlerocket has no shell of its own: commands can be run from its admin container only",
    ...containerdOnly,
    configs: ["/etc/kubernetes/kubelet/config"],
    kubeconfigs: ["/etc/kubernetes/kubelet/kubeconfig"],
    source: "https://bottlerocket.dev/en/os/latest/#/concepts/shell-less-host/",
  },
  {
    ...upstream,
    id: "talos",
    known: { osImage: /^Talos/ },
    noShell: "Talos has no shell and no SSH: only the Kubernetes API, the kubelet's own API and talosctl can be asked",
    ...containerdOnly,
    kubeletUnits: [],
    runtimeUnits: {},
    configs: [],
    kubeconfigs: [],
    source: "https://www.talos.dev/latest/learn-more/philosophy/",
  },
];

/** One column of the table, each word once. */
export function placesOf(column: "kubeletUnits" | "configs" | "kubeconfigs" | "cniBinDirs"): readonly string[] {
  return [...new Set(flavours.flatMap((flavour) => flavour[column]))];
}

/** A socket that only serves Kubernetes comes before one that may serve docker. */
export const criSockets: readonly string[] = (() => {
  const all = [...new Set(flavours.flatMap(({ sockets }) => sockets))];
  const shared: readonly string[] = upstream.sockets;
  return [...all.filter((path) => !shared.includes(path)), ...shared];
})();

/** Units in the order in which they count: who serves the kubelet before who may serve docker, distributions last. */
export const runtimesByUnit: Readonly<Record<string, string>> = (() => {
  const all = flavours.flatMap(({ runtimeUnits }) => Object.entries(runtimeUnits));
  const whole = placesOf("kubeletUnits");
  const ownUnit = all.filter(([unit]) => !whole.includes(unit));
  return Object.fromEntries([...ownUnit, ...all]);
})();

/** The row of a kubelet's unit that only one flavour has; null for the upstream unit. */
export function flavourOfUnit(unit: string): Flavour | null {
  const having = flavours.filter(({ kubeletUnits }) => kubeletUnits.includes(unit));
  return having.length === 1 ? (having[0] ?? null) : null;
}

/** What the API says of a node that tells its flavour. */
export interface NodeMarks {
  readonly osImage: string | undefined;
  readonly kubeletVersion: string | undefined;
  readonly providerID: string | undefined;
  /** Label and annotation keys. */
  readonly keys: readonly string[];
}

/** The system's own name tells more than labels and versions, which images of a cloud share. */
export function flavourOfNode({ osImage = "", kubeletVersion = "", providerID = "", keys }: NodeMarks): Flavour | null {
  const marked = ({ known }: Flavour): boolean =>
    known.version?.test(kubeletVersion) === true ||
    known.providerID?.test(providerID) === true ||
    keys.some((key) => known.key?.test(key));
  const [upstreamRow, ...others] = flavours;
  return (
    flavours.find(({ known }) => known.osImage?.test(osImage)) ??
    others.find(marked) ??
    (upstreamRow !== undefined && marked(upstreamRow) ? upstreamRow : null)
  );
}
