import { join } from "node:path";
import { lives, logFile, start } from "../host/daemons.ts";
import { until } from "../host/wait.ts";
import { binDir, etcDir, gateway, type Place, pkiDir } from "../place.ts";
import { type Api, apiOf } from "./api.ts";

export const group = "control-plane";

/** etcd, kube-apiserver and kube-controller-manager, each a daemon in the lab's own network namespace. */
export async function startControlPlane(place: Place): Promise<Api> {
  for (const name of ["etcd", "apiserver"]) startPart(place, name);
  const api = apiOf(place);
  const ready = await until(120, async () => {
    const answer = await api("GET", "/readyz").catch(() => null);
    return answer?.status === 200;
  });
  if (ready === null) throw new Error(`the API server did not become ready: see ${logFile(place, "apiserver")}`);
  startPart(place, "kcm");
  return api;
}

/** Starts one of them unless it lives. */
export function startPart(place: Place, name: string): void {
  const argv = parts[name]?.(place);
  if (argv === undefined) throw new Error(`${name} is no part of the control plane`);
  if (!lives(place, name, group)) start(place, { name, group, argv });
}

const etcdUrl = "http://127.0.0.1:2379";

const parts: Readonly<Record<string, (place: Place) => readonly string[]>> = {
  etcd: ({ state }) => [
    "etcd",
    `--data-dir=${join(state, "etcd")}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    "--listen-peer-urls=http://127.0.0.1:2380",
    "--unsafe-no-fsync",
  ],
  apiserver: (place) => {
    const pki = (file: string): string => join(pkiDir(place), file);
    return [
      join(binDir(place), "kube-apiserver"),
      `--etcd-servers=${etcdUrl}`,
      "--secure-port=6443",
      "--bind-address=0.0.0.0",
      `--advertise-address=${gateway(place)}`,
      `--client-ca-file=${pki("ca.crt")}`,
      `--tls-cert-file=${pki("apiserver.crt")}`,
      `--tls-private-key-file=${pki("apiserver.key")}`,
      `--kubelet-client-certificate=${pki("kubelet-client.crt")}`,
      `--kubelet-client-key=${pki("kubelet-client.key")}`,
      `--service-account-key-file=${pki("sa.pub")}`,
      `--service-account-signing-key-file=${pki("sa.key")}`,
      "--service-account-issuer=https://kubernetes.default.svc",
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      "--service-cluster-ip-range=10.96.0.0/16",
      "--allow-privileged=true",
      // Debian's etcd 3.4 tells watchers no progress, and this would wait 3 s for it again and again.
      "--feature-gates=SizeBasedListCostEstimate=false",
      "--kubelet-preferred-address-types=InternalIP,Hostname",
    ];
  },
  // Short clocks: a silent node is Unknown after 10 s instead of 40.
  kcm: (place) => [
    join(binDir(place), "kube-controller-manager"),
    `--kubeconfig=${join(etcDir(place), "kcm.conf")}`,
    `--service-account-private-key-file=${join(pkiDir(place), "sa.key")}`,
    `--root-ca-file=${join(pkiDir(place), "ca.crt")}`,
    "--leader-elect=false",
    "--node-monitor-grace-period=10s",
    "--node-monitor-period=2s",
    "--use-service-account-credentials=true",
    `--controllers=${controllers.join()}`,
  ],
};

const controllers = [
  "node-lifecycle-controller",
  "serviceaccount-controller",
  "serviceaccount-token-controller",
  "namespace-controller",
  "root-ca-certificate-publisher-controller",
  "garbage-collector-controller",
];
