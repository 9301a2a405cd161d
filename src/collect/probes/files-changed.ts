import { isWhole, linesOf } from "../parse/answer.ts";
import { flavours, placesOf } from "../parse/flavours.ts";
import { foundIn, printFound } from "../parse/found.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const parent = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Configuration of the kubelet, runtimes, CNI and units, by flavour, and of what they stand on. Never data folders. */
const folders = [
  ...new Set([
    ...["/etc/kubernetes", "/etc/containerd", "/etc/crio", "/etc/docker", "/etc/cni", "/etc/rancher", "/etc/k0s"],
    ...["/etc/systemd/system", "/etc/default/kubelet", "/etc/sysconfig/kubelet", "/var/lib/kubelet/kubeadm-flags.env"],
    ...["/etc/fstab", "/etc/sysctl.conf", "/etc/sysctl.d", "/etc/modules-load.d", "/etc/hosts", "/etc/resolv.conf"],
    ...["/etc/netplan", "/etc/sysconfig/network-scripts", "/etc/NetworkManager", "/etc/iptables", "/etc/nftables.conf"],
    ...placesOf("configs").filter((path) => !path.startsWith("/etc/")),
    ...flavours
      .flatMap(({ runtimeConfigs }) => runtimeConfigs)
      .map(parent)
      .filter((path) => !path.startsWith("/etc/")),
  ]),
];

/** Which configuration was written lately: names, times and owners, never contents. */
export const filesChanged = defineProbe({
  id: "files-changed",
  asks: "Which configuration files were changed in the last two weeks?",
  provides: {
    "file.changedRows": {
      type: "rows",
      says: "configuration files of the kubelet, runtime, CNI, units and system written in the last two weeks",
      columns: ["at", "path", "owner", "bytes"],
    },
  },
  via: {
    source: "ssh",
    argv: [
      ...["find", ...folders, "-xdev", "-maxdepth", "3", "(", "-type", "f", "-o", "-type", "l", ")"],
      ...["-newermt", "-14 days", ...printFound],
    ],
    sudo: true,
  },
  past: "the same",
  limits: { timeoutMs: 3_000, maxBytes: 128 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer);
    const refused = lines.some((line) => /^(sudo: |find: .*Permission denied)/.test(line));
    if (!isWhole(answer) || (refused && foundIn(lines).length === 0)) return {};
    const rows = foundIn(lines)
      .map(({ at, path, owner, bytes }) => ({ at, path, owner, bytes }))
      .sort((one, other) => (one.at < other.at ? -1 : 1));
    return { facts: { "file.changedRows": shown(rows.slice(-200)) } };
  },
});
