/** A mount, however it was shown. */
export interface Mount {
  readonly device: string;
  readonly mount: string;
  readonly type: string;
  readonly options: string;
  readonly readOnly: boolean;
  /** What is closed to writes: the file system with all its mounts, only this mount of it, or one of both. */
  readonly closed: "nothing" | "file-system" | "mount" | "unknown";
  readonly emergency: boolean;
  readonly network: boolean;
  readonly line: string;
  readonly [column: string]: string | boolean;
}

/** Types whose server may be gone; asking a path on them can block for ever. FUSE is served by a process that may hang. */
const networkType =
  /^(nfs\d?|cifs|smb\d?|ceph|glusterfs|lustre|gpfs|beegfs|afs|9p|ocfs2|gfs2|pvfs2|davfs|fuse|fuse\..+|fuseblk)$/;

/** Mounts in the form of /proc/self/mountinfo, /proc/mounts or mount(8), whatever stands around them. */
export function mountsIn(lines: readonly string[]): readonly Mount[] {
  return lines
    .flatMap((line) => fromMountinfo(line) ?? fromMounts(line) ?? fromMountCommand(line) ?? [])
    .slice(0, 2_000);
}

/** `114 91 0:40 / / rw,relatime shared:1 - overlay overlay rw,lowerdir=…`: options of the mount and of the file system. */
function fromMountinfo(line: string): Mount | undefined {
  const [mountPart, systemPart] = line.split(" - ", 2);
  const own = (mountPart ?? "").split(" ");
  const [type, device, options] = (systemPart ?? "").split(" ");
  if (!/^\d+$/.test(own[0] ?? "") || !/^\d+:\d+$/.test(own[2] ?? "") || type === undefined || device === undefined)
    return undefined;
  const shown = made({
    device,
    mount: own[4] ?? "/",
    type,
    options: [own[5], options].filter(Boolean).join(","),
    line,
  });
  if (!shown.readOnly) return shown;
  const onlyHere = (options ?? "").split(",").includes("rw") && !shown.emergency;
  return { ...shown, closed: onlyHere ? "mount" : "file-system" };
}

/** `/dev/loop2 /var ext4 rw,relatime 0 0`. */
function fromMounts(line: string): Mount | undefined {
  const parts = /^(\S+) (\/\S*) ([\w.-]{2,40}) (r[wo](?:,\S*)?) \d \d$/.exec(line);
  const [, device = "", mount = "", type = "", options = ""] = parts ?? [];
  return parts === null ? undefined : made({ device, mount, type, options, line });
}

/** `/dev/sda1 on /var type ext4 (rw,relatime)`. */
function fromMountCommand(line: string): Mount | undefined {
  const parts = /^(\S+) on (\/\S*) type ([\w.-]{2,40}) \((r[wo](?:,[^)]*)?)\)/.exec(line);
  const [, device = "", mount = "", type = "", options = ""] = parts ?? [];
  return parts === null ? undefined : made({ device, mount, type, options, line });
}

function made(shown: Pick<Mount, "device" | "mount" | "type" | "options" | "line">): Mount {
  const options = shown.options.split(",");
  // Newer kernels do not show `ro` after an ext4 error: they say emergency_ro beside `rw` (seen on 6.18).
  const emergency = options.includes("emergency_ro") || options.includes("shutdown");
  const readOnly = options.includes("ro") || emergency;
  return {
    ...shown,
    options: options.filter((option) => !/^(lower|upper|work)dir=/.test(option)).join(","),
    line: shown.line.slice(0, 300),
    mount: unescaped(shown.mount),
    readOnly,
    closed: closedBy(readOnly, emergency),
    emergency,
    network: networkType.test(shown.type),
  };
}

/** /proc/mounts and mount(8) print one set of options for both. */
function closedBy(readOnly: boolean, emergency: boolean): Mount["closed"] {
  if (!readOnly) return "nothing";
  return emergency ? "file-system" : "unknown";
}

/** Blanks in paths are written as `\040`. */
function unescaped(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
