import { z } from "zod";
import type { FactSpec, Row } from "../../facts/fact.ts";
import { isWhole, textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { type Facts, facts, percent, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";
import { diskInodes } from "./disk-inodes.ts";
import { diskSpace } from "./disk-space.ts";
import { memory } from "./memory.ts";
import { pids } from "./pids.ts";

const count = z.number().nonnegative().max(Number.MAX_SAFE_INTEGER).nullish().catch(null);
const fileSystem = z
  .object({ availableBytes: count, capacityBytes: count, inodes: count, inodesFree: count })
  .nullish()
  .catch(null);
/** k8s.io/kubelet/pkg/apis/stats/v1alpha1, the node's part. */
const summary = z.object({
  node: z.object({
    fs: fileSystem,
    runtime: z.object({ imageFs: fileSystem, containerFs: fileSystem }).nullish().catch(null),
    memory: z.object({ availableBytes: count, workingSetBytes: count }).nullish().catch(null),
    rlimit: z.object({ maxpid: count, curproc: count }).nullish().catch(null),
  }),
});
type Summary = z.infer<typeof summary>["node"];
type FileSystem = NonNullable<z.infer<typeof fileSystem>>;

/** The file systems as the kubelet names them in its eviction signals: it does not say where they are mounted. */
const named: readonly (readonly [string, string, (node: Summary) => FileSystem | null | undefined])[] = [
  ["nodefs", "kubelet", ({ fs }) => fs],
  ["imagefs", "runtime", ({ runtime }) => runtime?.imageFs],
  ["containerfs", "runtime", ({ runtime }) => runtime?.containerFs],
];

const only = (specs: Readonly<Record<string, FactSpec>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(specs).filter(([name]) => names.includes(name)));

/** Disk, inodes, memory and process ids as the kubelet measures them for its evictions. */
export const kubeletApiStats = defineProbe({
  id: "kubelet-api-stats",
  asks: "How full are disk, memory and process table as the kubelet counts them?",
  provides: {
    ...diskSpace.provides,
    ...diskInodes.provides,
    ...only(memory.provides, ["memory.totalKiB", "memory.availableKiB", "memory.availablePercent"]),
    ...only(pids.provides, ["pids.max", "pids.threads", "pids.usedPercent"]),
  },
  via: { source: "kubelet-api", path: "/stats/summary" },
  limits: { timeoutMs: 4_000, maxBytes: 2 * 1024 * 1024 },
  read: (answer) => {
    const node = isWhole(answer) ? summary.safeParse(jsonIn(textOf(answer))).data?.node : undefined;
    if (node === undefined) return {};
    return { facts: facts({ ...fileSystemFacts(node), ...memoryFacts(node), ...processFacts(node) }) };
  },
});

function fileSystemFacts(node: Summary): Readonly<Record<string, readonly Row[] | undefined>> {
  const found = named.flatMap(([mount, role, of]) => {
    const system = of(node);
    return system === null || system === undefined ? [] : [{ mount, role, system }];
  });
  // One file system under several names is shown once, with all that it serves.
  const unique = found.filter(({ system }, at) => found.findIndex((other) => same(other.system, system)) === at);
  const rows = unique.map(({ mount, role, system }) => {
    const roles = [...new Set(found.filter((other) => same(other.system, system)).map((other) => other.role))];
    return { mount, device: "unknown", role, serves: roles.join(" "), system };
  });
  const shownRows = (row: (each: Named) => Row | null): readonly Row[] | undefined => {
    const kept = rows.map(row).filter((each): each is Row => each !== null);
    return kept.length === 0 ? undefined : kept;
  };
  return { "disk.rows": shownRows(spaceRow), "inode.rows": shownRows(inodeRow) };
}

interface Named {
  readonly mount: string;
  readonly device: string;
  readonly role: string;
  readonly serves: string;
  readonly system: FileSystem;
}

const same = (one: FileSystem, other: FileSystem): boolean =>
  one.capacityBytes === other.capacityBytes && one.inodes === other.inodes && one.inodesFree === other.inodesFree;

function spaceRow({ system: { availableBytes: free, capacityBytes: size }, ...row }: Named): Row | null {
  if (typeof free !== "number" || typeof size !== "number" || size === 0) return null;
  const usedPercent = Math.ceil(percent(Math.max(0, size - free), size) ?? 0);
  const line = `${row.mount}: availableBytes ${free} of capacityBytes ${size}`;
  return { ...row, type: null, sizeKiB: kib(size), usedPercent, availableKiB: kib(free), line };
}

function inodeRow({ system: { inodes, inodesFree: free }, ...row }: Named): Row | null {
  if (typeof free !== "number" || typeof inodes !== "number" || inodes === 0) return null;
  const usedPercent = Math.ceil(percent(Math.max(0, inodes - free), inodes) ?? 0);
  return { ...row, usedPercent, free, line: `${row.mount}: inodesFree ${free} of inodes ${inodes}` };
}

const kib = (bytes: number): number => Math.round(bytes / 1024);

/** The kubelet's available memory is the capacity without the working set. */
function memoryFacts({ memory: found }: Summary): Readonly<Record<string, Facts[string] | undefined>> {
  const { availableBytes: free, workingSetBytes: used } = found ?? {};
  if (typeof free !== "number" || typeof used !== "number" || free + used === 0) return {};
  const line = `memory: availableBytes ${free}, workingSetBytes ${used}`;
  return {
    "memory.totalKiB": shown(kib(free + used), line),
    "memory.availableKiB": shown(kib(free), line),
    "memory.availablePercent": shown(percent(free, free + used) ?? 0, line),
  };
}

/** maxpid is the lower of kernel.pid_max and kernel.threads-max, curproc the threads of /proc/loadavg. */
function processFacts({ rlimit }: Summary): Readonly<Record<string, Facts[string] | undefined>> {
  const { maxpid: most, curproc: now } = rlimit ?? {};
  if (typeof most !== "number" || typeof now !== "number" || most === 0) return {};
  const line = `rlimit: maxpid ${most}, curproc ${now}`;
  return {
    "pids.max": shown(most, line),
    "pids.threads": shown(now, line),
    "pids.usedPercent": shown(percent(now, most) ?? 0, line),
  };
}
