import type { Row } from "../../facts/fact.ts";
import type { Known } from "../probe.ts";

/** `??5??????   /usr/bin/kubelet`, `S.5....T.  c /etc/containerd/config.toml`, `missing     /usr/bin/runc`: dpkg and rpm alike. */
const verified = /^(?:(missing) {2,}|([.?A-Z0-9]{8,9}) {1,4})(?:([cdglr]) )?\s*(\/\S{1,1000})(?: \(.*\))?$/;

/** Files of packages that are other than they were installed. Configuration files may be: `config` tells. */
export function verifiedRows(lines: readonly string[]): readonly Row[] {
  return lines.flatMap((line) => {
    const [, missing, checks = "", kind, path] = verified.exec(line) ?? [];
    if (path === undefined) return [];
    const state = missing !== undefined ? "missing" : checks.includes("5") || checks.includes("S") ? "changed" : null;
    return state === null ? [] : [{ path, state, config: kind === "c", line }];
  });
}

/** Reading whole packages takes seconds: worth it only where a daemon does not run or a plugin is broken. */
export function worthVerifying(known: Known): boolean {
  const down = (name: string): boolean => /^(failed|activating)$/.test(String(known.get(name) ?? ""));
  const broken = known.get("cni.broken");
  return (
    down("kubelet.unit.active") ||
    down("runtime.unit.active") ||
    known.get("kubelet.binary.executable") === false ||
    (Array.isArray(broken) && broken.length > 0)
  );
}

export const verifyAfter = [
  "kubelet.unit.active",
  "runtime.unit.active",
  "kubelet.binary.executable",
  "cni.broken",
] as const;

export const verifySpec = {
  type: "rows",
  says: "files of the kubelet's, runtime's and CNI's packages that are missing or other than installed",
  columns: ["path", "state", "config", "line"],
} as const;

/** Names in both worlds; those that are not installed are named in the answer and nothing else. */
export const verifiedPackages = [
  ...["kubelet", "kubernetes-cni", "cri-tools", "containerd", "containerd.io", "cri-o", "runc", "docker-ce"],
  ...["moby-containerd", "moby-runc", "containernetworking-plugins"],
] as const;
