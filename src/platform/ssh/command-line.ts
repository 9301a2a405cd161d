import type { Command } from "../../collect/ports.ts";
import { quoteWords } from "./quote.ts";

export interface Wrap {
  /** Printed with the process id before the command starts: what a banner or profile printed ends there. */
  readonly marker: string;
  readonly user: string;
  /** The node has a `timeout` that knows `-k`. */
  readonly nodeTimeout: boolean;
}

/** Everywhere crictl, ctr, ip and friends live: a login that is not interactive often lacks the sbin folders. */
const path = [
  "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  "/opt/bin:/snap/bin:/var/lib/rancher/rke2/bin:/run/current-system/sw/bin",
].join(":");

/** How long the node itself lets a command run; whole seconds, since busybox knows no fractions. */
export function nodeSeconds(timeoutMs: number): number {
  return Math.max(1, Math.ceil(timeoutMs / 1000));
}

/** The words that run on the node: what sudoers has to allow is all after `sudo -n`. */
export function wrappedWords({ argv, sudo, limits }: Command, { user, nodeTimeout }: Wrap): readonly string[] {
  const asRoot = sudo && user !== "root" ? ["sudo", "-n"] : [];
  const limited = nodeTimeout ? ["timeout", "-k", "1", String(nodeSeconds(limits.timeoutMs))] : [];
  return [...asRoot, ...limited, ...argv];
}

/** Says that it got here and under which process id, and becomes the command: no shell stays behind. */
const starter = 'echo "$0 $$"; exec "$@" </dev/null';

/**
 * The login shell, whichever it is, only has to start `sh` with quoted words. Standard input is
 * /dev/null rather than a closed channel, because ssh2 sends no signal once the writing side has ended.
 */
export function commandLine(command: Command, wrap: Wrap): string {
  const words = ["sh", "-c", starter, wrap.marker, "env", "LC_ALL=C", `PATH=${path}`, ...wrappedWords(command, wrap)];
  return `exec ${quoteWords(words)}`;
}

/** Ends everything a command has started: it leads a process group of its own, as sshd starts it. */
export function killLine(marker: string, pid: number): string {
  return `exec ${quoteWords(["sh", "-c", `echo "$0 $$"; kill -9 -${Math.trunc(pid)}`, marker])}`;
}

/** Does nothing but answer. */
export function aliveLine(marker: string): string {
  return `exec ${quoteWords(["sh", "-c", 'echo "$0 $$"', marker])}`;
}
