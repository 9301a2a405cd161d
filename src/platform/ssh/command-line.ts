import type { Command } from "../../collect/ports.ts";
import { quoteWords } from "./quote.ts";

export interface Wrap {
  /** Printed before the command starts, so that a banner or profile noise can be told from the answer. */
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

/**
 * `exec` leaves no shell behind that would outlive a signal. Standard input is /dev/null rather than
 * a closed channel, because ssh2 sends no signal on a channel whose writing side has ended.
 */
export function commandLine(command: Command, wrap: Wrap): string {
  const words = ["env", "LC_ALL=C", `PATH=${path}`, ...wrappedWords(command, wrap)];
  return `echo ${wrap.marker}; exec ${quoteWords(words)} </dev/null`;
}
