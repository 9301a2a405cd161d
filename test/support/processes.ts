import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Settles once no process of the group lives; where one stays, the test that waits meets its time limit. */
export async function gone(group: number): Promise<void> {
  while (lives(group)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A process that has ended but that nobody has asked about (a container's first process may never do so) is gone. */
function lives(group: number): boolean {
  if (existsSync("/proc/self/stat"))
    return readdirSync("/proc").some((pid) => /^\d+$/.test(pid) && livesAs(pid, group));
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** proc(5), stat: `pid (name) state ppid pgrp`; the name may hold blanks and brackets. */
function livesAs(pid: string, group: number): boolean {
  try {
    const [state, , pgrp] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return pgrp === String(group) && state !== "Z";
  } catch {
    return false; // it ended while we looked
  }
}
