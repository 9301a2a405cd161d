import { existsSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import type { Ports } from "../collect/ports.ts";
import { addressBook } from "../collect/sources/address.ts";
import { programEnvironment, type Settings } from "../config/load.ts";
import type { ClusterConfig } from "../config/schema.ts";
import type { SshConfig } from "../config/ssh.ts";
import type { KubeletApiConfig } from "../config/ways-in.ts";
import { systemClock } from "../platform/clock.ts";
import { type HttpGet, httpGetOver, type KubeConfig } from "../platform/kubernetes/http-get.ts";
import { type KubeconfigSource, loadKubeconfig } from "../platform/kubernetes/kubeconfig.ts";
import { kubeletDirect, kubeletThroughApi, readAuthority } from "../platform/kubernetes/kubelet.ts";
import { podShells } from "../platform/kubernetes/pod-exec.ts";
import { kubernetesReader } from "../platform/kubernetes/reader.ts";
import { sshOpener } from "../platform/ssh/opener.ts";
import type { Local, SshSettings } from "../platform/ssh/settings.ts";
import { localReach } from "../platform/tcp.ts";
import type { ClusterAccess } from "../usecases/ports.ts";
import { outsideOf } from "./outside.ts";

/** The clusters of the config; with none, the current context and ~/.ssh/config. */
export function clustersOf(settings: Settings): readonly ClusterAccess[] {
  const { clusters } = settings.config;
  if (clusters.length > 0) return clusters.map((cluster) => accessTo(cluster, settings));
  const source = kubeconfigOf({ name: "default", inventory: [] }, settings);
  if (source.kind === "files" && !source.files.some((file) => existsSync(file))) return [];
  return [accessTo({ name: currentContext(source), inventory: [] }, settings)];
}

function currentContext(source: KubeconfigSource): string {
  return (
    loadKubeconfig(source)
      .getCurrentContext()
      .replace(/[^A-Za-z0-9._-]/g, "-") || "default"
  );
}

function accessTo(cluster: ClusterConfig, settings: Settings): ClusterAccess {
  let made: Promise<Ports> | undefined;
  return {
    name: cluster.name,
    inventory: cluster.inventory.map(({ name }) => name),
    ports: () => {
      made ??= Promise.resolve().then(() => portsOf(cluster, settings));
      return made;
    },
  };
}

/** The clients of one cluster, made when first needed: a broken one never keeps the others from starting. */
export function portsOf(cluster: ClusterConfig, settings: Settings): Ports {
  const kubeconfig = loadKubeconfig(kubeconfigOf(cluster, settings));
  const ssh = sshSettings(cluster.ssh ?? {}, settings);
  const get = httpGetOver(kubeconfig, systemClock);
  return {
    clock: systemClock,
    kubernetes: kubernetesReader(get, systemClock),
    ...(cluster.podExec === undefined ? {} : { podExec: podShells(kubeconfig, get, cluster.podExec, systemClock) }),
    ...outsideOf(cluster),
    ...kubeletOf(cluster.kubeletApi, kubeconfig, get),
    ssh: sshOpener(ssh, localOf(), systemClock),
    local: localReach(systemClock),
    addresses: addressBook(ssh.addressType, cluster.inventory),
  };
}

/** Off unless somebody turned it on: through the API server it takes a right that also runs commands in any pod. */
function kubeletOf(
  kubelet: KubeletApiConfig | undefined,
  kubeconfig: KubeConfig,
  get: HttpGet,
): Pick<Ports, "kubelet"> {
  if (kubelet === undefined || kubelet.way === "off") return {};
  if (kubelet.way === "proxy") return { kubelet: kubeletThroughApi(get) };
  const ca = kubelet.caFile === undefined ? {} : { ca: readAuthority(kubelet.caFile) };
  return { kubelet: kubeletDirect(kubeconfig, { port: kubelet.port, ...ca }, systemClock) };
}

/** Who we are to the programs that a login may start. */
export function localOf(): Local {
  return { home: homedir(), user: userInfo().username, env: programEnvironment() };
}

export function kubeconfigOf(cluster: ClusterConfig, settings: Settings): KubeconfigSource {
  const context = cluster.context === undefined ? {} : { context: cluster.context };
  if (cluster.kubeconfig !== undefined) return { kind: "files", files: [cluster.kubeconfig], ...context };
  if (settings.kubeconfig !== null) return { kind: "files", files: settings.kubeconfig.split(delimiter), ...context };
  if (settings.inCluster) return { kind: "in-cluster" };
  return { kind: "files", files: [join(homedir(), ".kube", "config")], ...context };
}

export function sshSettings({ agent, ...rest }: SshConfig, settings: Settings): SshSettings {
  const socket = typeof agent === "string" ? agent : agent === false ? null : settings.sshAuthSock;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    configFile: join(homedir(), ".ssh", "config"),
    addressType: "InternalIP",
    ...given,
    ...(socket === null ? {} : { agent: socket }),
  };
}
