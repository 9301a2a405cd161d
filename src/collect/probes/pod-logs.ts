import { linesOf } from "../parse/answer.ts";
import { sectionsOf } from "../parse/sections.ts";
import { defineProbe, type Known } from "../probe.ts";

/** Pods that make a node work: of the network and its policy, kube-proxy, and the control plane. */
const named = [
  ...["kube-proxy", "kube-apiserver", "etcd", "kube-controller-manager", "kube-scheduler", "konnectivity-agent"],
  ...["calico", "canal", "cilium", "flannel", "weave", "antrea", "kube-router", "multus", "ovn", "sdn", "aws-node"],
  ...["azure-cni", "azure-npm", "azure-cns", "kindnet", "tigera-operator"],
];
const hourMs = 60 * 60_000;
const lineOf = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (?:stdout|stderr) [FP] (.*)$/;

/**
 * The ends of the logs of the network's and the control plane's containers, from the files that the runtime writes:
 * they can be read when the kubelet and the runtime are dead. Plain files only: a pod that may write to /var/log can put
 * a link to anything there. Lines older than an hour before the newest are left out, for most are of a good start.
 */
export const podLogs = defineProbe({
  id: "pod-logs",
  asks: "What did the network's and the control plane's containers write last?",
  provides: {
    "pods.logFiles": { type: "list", says: "log files of the network's and the control plane's containers" },
  },
  streams: ["pods"],
  after: ["node.ready"],
  via: { source: "ssh", argv: ask, sudo: true },
  limits: { timeoutMs: 3_000, maxBytes: 1024 * 1024 },
  read: (answer) => {
    if (answer.kind !== "value") return {};
    const files = sectionsOf(linesOf(answer)).filter(({ path }) => path.startsWith("/var/log/pods/"));
    if (files.length === 0) return {};
    const lines = files.flatMap(({ path, lines }) => lines.flatMap((line) => told(path, line)));
    const newest = Math.max(...lines.map(({ at }) => at));
    const recent = lines.filter(({ at }) => at >= newest - hourMs);
    return {
      facts: { "pods.logFiles": files.map(({ path }) => path) },
      logs: { pods: recent.map(({ text }) => text).join("\n") },
    };
  },
});

/** The first line of a cut is the end of another; it has no stamp. `/var/log/pods/NAMESPACE_POD_UID/CONTAINER/0.log`. */
function told(path: string, line: string): readonly { readonly at: number; readonly text: string }[] {
  const [, pod = "", container = ""] = /^\/var\/log\/pods\/[^/_]+_([^/_]+)_[^/]+\/([^/]+)\//.exec(path) ?? [];
  const [, stamp = "", message = ""] = lineOf.exec(line) ?? [];
  const at = Date.parse(stamp);
  return Number.isNaN(at) || pod === "" ? [] : [{ at, text: `${stamp} ${pod} ${container}: ${message}` }];
}

/** A Ready node's network works. */
function ask(known: Known): readonly string[] | null {
  if (known.get("node.ready") === "True") return null;
  return [
    ...["find", "/var/log/pods", "-mindepth", "3", "-maxdepth", "3", "-type", "f", "-mmin", "-2880", "-size", "+0"],
    ...[
      "-regextype",
      "posix-extended",
      "-regex",
      `/var/log/pods/[^/]*_[^/]*(${named.join("|")})[^/]*/[^/]*/[0-9]+.log`,
    ],
    ...["-exec", "tail", "-v", "-c", "8192", "{}", "+"],
  ];
}
