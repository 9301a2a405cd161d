import type { Command } from "../../collect/ports.ts";
import { quoteWords } from "./quote.ts";

export interface Wrap {
  /** Printed with the process id before the command starts: what a banner or profile printed ends there. */
  readonly marker: string;
  readonly user: string;
  /** The node has a `timeout` that knows `-k`. */
  readonly nodeTimeout: boolean;
  readonly ends: Ends;
}

/**
 * What ends a command whose connection has gone. `lifeline`: a watcher in its process group, which waits for the end of
 * the channel. `left`: nothing but its time limit, for commands that should not stop half-way. `framed`: as left, and
 * the exit status is printed, for tools that lose it.
 */
export type Ends = "lifeline" | "left" | "framed";

/** Everywhere crictl, ctr, ip and friends live: a login that is not interactive often lacks the sbin folders. */
export const searchPath = [
  "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  "/opt/bin:/snap/bin:/var/lib/rancher/rke2/bin:/run/current-system/sw/bin",
].join(":");

/** How long the node itself lets a command run; whole seconds, since busybox knows no fractions. */
export function nodeSeconds(timeoutMs: number): number {
  return Math.max(1, Math.ceil(timeoutMs / 1000));
}

/** The words that run on the node: what sudoers has to allow is all after `sudo -n`. */
export function wrappedWords(
  { argv, sudo, limits }: Command,
  { user, nodeTimeout }: Pick<Wrap, "user" | "nodeTimeout">,
): readonly string[] {
  const asRoot = sudo && user !== "root" ? ["sudo", "-n"] : [];
  const limited = nodeTimeout ? ["timeout", "-k", "1", String(nodeSeconds(limits.timeoutMs))] : [];
  return [...asRoot, ...limited, ...argv];
}

/** Says that it got here and under which process id; on standard error as well, where a profile may have complained. */
const mark = 'echo "$0 $$"; echo "$0 $$" >&2;';
/** Becomes the command: no shell stays behind. */
const become = 'exec "$@" </dev/null';

const starters: Readonly<Record<Ends, string>> = {
  left: `${mark} ${become}`,
  // sshd closes the channel's input when the command has ended or the connection has: then the watcher ends the
  // whole group, itself included. It is the one process more that each command costs.
  lifeline: `${mark} exec 3<&0; (read -r x <&3; kill -9 -$$) >/dev/null 2>&1 & ${become} 3<&-`,
  // on both, or what was complained last might come after the end
  framed: `sh -c "$1" "$0" "$@"; s=$?; echo "$0 end $s" >&2; echo "$0 end $s"`,
};
/** The inner shell of `framed`; its own script comes in as the first word. */
const framedInner = `${mark} shift; ${become}`;

/** What starts a command. The login shell, whichever it is, only has to start `sh` with these words. */
export function commandWords(command: Command, wrap: Wrap): readonly string[] {
  const inner = wrap.ends === "framed" ? [framedInner] : [];
  const words = ["env", "LC_ALL=C", `PATH=${searchPath}`, ...wrappedWords(command, wrap)];
  return ["sh", "-c", starters[wrap.ends], wrap.marker, ...inner, ...words];
}

/** Ends everything a command has started: it leads a process group of its own, as sshd starts it. */
export function killWords(marker: string, pid: number, ends: Ends): readonly string[] {
  const group = `kill -9 -${Math.trunc(pid)}`;
  // started by a tool, and without `timeout`, it may lead no group
  return ["sh", "-c", `echo "$0 $$"; ${group}${ends === "framed" ? ` || kill -9 ${Math.trunc(pid)}` : ""}`, marker];
}

/** Does nothing but answer. */
export function aliveWords(marker: string): readonly string[] {
  return ["sh", "-c", 'echo "$0 $$"', marker];
}

/** Names this boot, then lists the processes that wait in the kernel and take no signal: state D of proc(5), stat. */
export function stuckWords(marker: string): readonly string[] {
  const boot = 'read -r boot </proc/sys/kernel/random/boot_id; echo "$boot"';
  return ["sh", "-c", `echo "$0 $$"; ${boot}; exec grep -hs ") D " /proc/[0-9]*/stat`, marker];
}

/**
 * The one line of text that SSH carries. Standard input is kept open rather than closed, because ssh2 sends no
 * signal once the writing side has ended, and because its end is what the lifeline waits for.
 */
export function shellLine(words: readonly string[]): string {
  return `exec ${quoteWords(words)}`;
}
