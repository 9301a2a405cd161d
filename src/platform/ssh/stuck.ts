import { basename } from "node:path/posix";
import type { Command } from "../../collect/ports.ts";

/** proc(5), stat: `pid (name) state ppid pgrp session`; the name may hold blanks, brackets and any lie. */
const statLine = /^(\d{1,10}) \(([^\n]*)\) D (\d+) (\d+) (\d+) /;

/**
 * What a command has left in state D, from the boot's id and the lines of /proc/PID/stat. Its processes share its
 * process group or session; through sudo, which may have made a session of its own, the name has to do: then another's
 * may be meant, and letting that rest is right too.
 */
export function stuckOf(
  said: string,
  pid: number,
  { argv, sudo }: Command,
): { readonly bootId: string; readonly pids: readonly number[] } {
  const [bootId = "", ...stats] = said.split("\n");
  const name = basename(argv[0] ?? "").slice(0, 15); // the kernel keeps 15 bytes of it
  const pids = stats.flatMap((line) => {
    const [, own, comm, , group, session] = statLine.exec(line) ?? [];
    const ours = group === String(pid) || session === String(pid) || (sudo && comm === name);
    return own !== undefined && ours ? [Number(own)] : [];
  });
  return { bootId, pids };
}
