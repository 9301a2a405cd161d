import { OperatorError } from "../../../src/shared/errors.ts";

/** A Linux that nodes are made of. */
export interface NodeImage {
  readonly id: string;
  /** Debian's name of the release. */
  readonly suite: string;
  readonly packages: readonly string[];
  /** Added to the command line of the node's systemd. */
  readonly boot: readonly string[];
  readonly why: string;
}

const common = [
  ...["systemd", "systemd-sysv", "dbus", "openssh-server", "sudo", "chrony", "ca-certificates"],
  ...["iproute2", "iptables", "iputils-ping", "procps", "kmod", "e2fsprogs", "curl", "openssl"],
  ...["containerd", "runc", "containernetworking-plugins"],
];

const images: readonly NodeImage[] = [
  {
    id: "debian-12",
    suite: "bookworm",
    packages: common,
    boot: [],
    why: "containerd 1.6, systemd 252",
  },
  {
    id: "debian-13",
    suite: "trixie",
    packages: common,
    // systemd 256 and 257 refuse a host with cgroup v1 unless told so; 258 cannot be told any more.
    boot: ["SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1", "systemd.unified_cgroup_hierarchy=0"],
    why: "containerd 1.7, systemd 257, OpenSSH 10",
  },
];

export const imageIds: readonly string[] = images.map(({ id }) => id);

export function imageOf(id: string): NodeImage {
  const found = images.find((image) => image.id === id);
  if (found === undefined) throw new OperatorError(`no image is called ${id}`, [`one of ${imageIds.join(", ")}`]);
  return found;
}
