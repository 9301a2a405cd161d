import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../place.ts";
import { childFolders, processesIn } from "./cgroups.ts";
import { searchPath } from "./run.ts";

/** Moves itself into the groups (before `--`), then becomes the program: no moment passes outside them. */
export const joinAndBecome =
  'while [ "$1" != -- ]; do echo $$ >"$1/cgroup.procs" || exit 9; shift; done; shift; exec "$@"';

export interface Daemon {
  /** Of its log and pid file in the state folder. */
  readonly name: string;
  /** The child group it lives in. */
  readonly group: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs in the lab's network namespace unless false. */
  readonly inNetns?: boolean;
}

export const pidFile = (place: Place, name: string): string => join(place.state, `${name}.pid`);
export const logFile = (place: Place, name: string): string => join(place.state, `${name}.log`);

/** Starts a program that outlives this one. */
export function start(place: Place, { name, group, argv, env, inNetns = true }: Daemon): number {
  const inside = inNetns ? ["nsenter", `--net=/run/netns/${place.name}`, "--", ...argv] : argv;
  const log = openSync(logFile(place, name), "a");
  try {
    const child = spawn("sh", ["-c", joinAndBecome, "sh", ...childFolders(place, group), "--", ...inside], {
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, PATH: searchPath, ...env },
    });
    child.unref();
    if (child.pid === undefined) throw new Error(`${name} could not be started`);
    writeFileSync(pidFile(place, name), String(child.pid));
    return child.pid;
  } finally {
    closeSync(log);
  }
}

/** Whether the daemon lives: its pid counts only where that process is still in the daemon's group. */
export function lives(place: Place, name: string, group: string): boolean {
  try {
    const pid = Number(readFileSync(pidFile(place, name), "utf8"));
    return childFolders(place, group).some((folder) => processesIn(folder).includes(pid));
  } catch {
    return false;
  }
}
