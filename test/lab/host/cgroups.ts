import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../place.ts";
import { note, noted } from "./ledger.ts";
import { until } from "./wait.ts";

/**
 * Every process of the lab lives in cgroups of its own: that tells them from all others without trusting a pid, and a
 * node sees its own group as the root of the tree, so that one kubelet never meets another's pods.
 */

/** Makes the lab's groups, below the group of whoever calls, so that its limits go on holding. */
export function makeCgroups(place: Place): void {
  if (labFolders(place).length > 0) return;
  const folders = ownFolders().map((folder) => join(folder, place.name));
  note(place, { kind: "cgroup", folders });
  for (const folder of folders) makeFolder(folder);
}

/** The lab's groups as the ledger knows them, one per hierarchy. */
export function labFolders(place: Place): readonly string[] {
  return noted(place).flatMap((entry) => (entry.kind === "cgroup" ? entry.folders : []));
}

/** A child group in each hierarchy: `node-worker-41`, `control-plane`. */
export function childFolders(place: Place, child: string): readonly string[] {
  const folders = labFolders(place).map((folder) => join(folder, child));
  for (const folder of folders) makeFolder(folder);
  return folders;
}

/** Puts a process there; what it starts from now on is there too. */
export function enter(folders: readonly string[], pid: number): void {
  for (const folder of folders) writeFileSync(join(folder, "cgroup.procs"), String(pid));
}

function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const parent = join(folder, "..");
  for (const file of ["cpuset.cpus", "cpuset.mems"]) copyIfEmpty(join(parent, file), join(folder, file));
  const controllers = join(parent, "cgroup.subtree_control");
  if (!existsSync(controllers)) return;
  for (const each of ["cpu", "cpuset", "io", "memory", "pids"]) tryWrite(controllers, `+${each}`);
}

/** A group of cgroup v1's cpuset takes no process before it has CPUs and memory nodes. */
function copyIfEmpty(from: string, to: string): void {
  if (!existsSync(to) || readFileSync(to, "utf8").trim() !== "" || !existsSync(from)) return;
  tryWrite(to, readFileSync(from, "utf8"));
}

/** What cannot be set is not there for this host's hierarchy; a node then lacks that controller and says so itself. */
function tryWrite(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch {}
}

/** The caller's own group in every hierarchy; on a host with cgroup v2 alone the root, since only there are controllers. */
function ownFolders(): readonly string[] {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .flatMap((line) => {
      const [before = "", after = ""] = line.split(" - ");
      const [type = "", , options = ""] = after.split(" ");
      return type.startsWith("cgroup")
        ? [{ type, target: before.split(" ")[4] ?? "", options: options.split(",") }]
        : [];
    });
  const only2 = mounts.every(({ type }) => type === "cgroup2");
  const groups = readFileSync("/proc/self/cgroup", "utf8").trim().split("\n");
  return mounts.flatMap(({ type, target, options }) => {
    const own = groups.find((line) => hierarchyIs(line, type, options))?.replace(/^\d+:[^:]*:/, "") ?? "/";
    const folder = join(target, only2 ? "/" : own);
    return existsSync(join(folder, "cgroup.procs")) ? [folder] : [];
  });
}

function hierarchyIs(line: string, type: string, options: readonly string[]): boolean {
  const controllers = line.split(":")[1] ?? "";
  return type === "cgroup2"
    ? controllers === ""
    : controllers.split(",").some((each) => each !== "" && options.includes(each));
}

/** Ends everything in these groups and below, and takes the groups away. Processes that will not end are an error. */
export async function endGroups(folders: readonly string[], seconds = 20): Promise<void> {
  const empty = await until(
    seconds,
    async () => {
      const living = folders.flatMap((folder) => below(folder)).flatMap((folder) => processesIn(folder));
      for (const pid of new Set(living)) kill(pid, folders);
      return living.length === 0;
    },
    50,
  );
  if (empty === null) throw new Error(`processes in ${folders[0]} do not end`);
  const gone = await until(10, async () => folders.map(removeTree).every(Boolean), 50);
  if (gone === null) throw new Error(`the groups under ${folders[0]} cannot be removed`);
}

/** Just before it is killed a process is looked at again: a pid may have been given to somebody else meanwhile. */
function kill(pid: number, folders: readonly string[]): void {
  if (pid === process.pid) return;
  const still = folders.some((folder) => below(folder).some((each) => processesIn(each).includes(pid)));
  if (!still) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {} // it ended by itself
}

/** Processes in the group itself; 0 stands for one of another PID namespace. */
export function processesIn(folder: string): readonly number[] {
  try {
    const text = readFileSync(join(folder, "cgroup.procs"), "utf8");
    return text
      .split("\n")
      .map(Number)
      .filter((pid) => pid > 0 && pid !== process.pid);
  } catch {
    return [];
  }
}

/** The group and all below it, deepest first. */
export function below(folder: string): readonly string[] {
  try {
    const children = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [...children.flatMap(({ name }) => below(join(folder, name))), folder];
  } catch {
    return [];
  }
}

function removeTree(folder: string): boolean {
  for (const each of below(folder)) {
    try {
      rmdirSync(each);
    } catch {
      return !existsSync(folder);
    }
  }
  return !existsSync(folder);
}
