import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command, SshOpener, SshSession } from "../../src/collect/ports.ts";
import type { Answer, Unavailable } from "../../src/evidence/evidence.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { sshOpener } from "../../src/platform/ssh/opener.ts";
import type { SshSettings } from "../../src/platform/ssh/settings.ts";
import type { Result } from "../../src/shared/result.ts";
import { type Sshd, type SshdOptions, startSshd } from "./sshd.ts";

/** An operator's folder with throw-away keys made by ssh-keygen, and real servers that know them. */
export interface Office {
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly file: (name: string, content: string) => string;
  /** Makes a key pair `name` and `name.pub`; returns the public line. */
  readonly key: (name: string, ...options: readonly string[]) => string;
  readonly keygen: (...args: readonly string[]) => void;
  /** Its host key is added to known_hosts. */
  readonly sshd: (options?: Partial<SshdOptions>) => Promise<Sshd>;
  readonly settings: (sshd: Pick<Sshd, "port">, more?: Partial<SshSettings>) => SshSettings;
  readonly opener: (sshd: Pick<Sshd, "port">, more?: Partial<SshSettings>) => SshOpener;
  readonly open: (sshd: Pick<Sshd, "port">, more?: Partial<SshSettings>) => Promise<Result<SshSession, Unavailable>>;
  /** Opened, or the test ends here. */
  readonly session: (sshd: Pick<Sshd, "port">, more?: Partial<SshSettings>) => Promise<SshSession>;
  readonly close: () => Promise<void>;
}

export const target = { address: "127.0.0.1", node: "worker-7" };

export function office(): Office {
  const folder = mkdtempSync(join(tmpdir(), "node-why-office-"));
  const closing: (() => unknown)[] = [];
  const path = (name: string): string => join(folder, name);
  const file = (name: string, content: string): string => {
    writeFileSync(path(name), content, { mode: 0o600 });
    return path(name);
  };
  const keygen = (...args: readonly string[]): void => void execFileSync("ssh-keygen", ["-q", ...args]);
  const key = (name: string, ...options: readonly string[]): string => {
    keygen("-t", "ed25519", "-f", path(name), "-C", name, ...(options.length > 0 ? options : ["-N", ""]));
    return readFileSync(path(`${name}.pub`), "utf8").trim();
  };
  const own = key("id");
  let known = "";
  const sshd: Office["sshd"] = async (options = {}) => {
    const made = await startSshd({ ...options, allowed: [own, ...(options.allowed ?? [])] });
    known += `[127.0.0.1]:${made.port} ${made.hostPublicKey.split(" ").slice(0, 2).join(" ")}\n`;
    file("known_hosts", known);
    closing.push(made.close);
    return made;
  };
  const settings: Office["settings"] = ({ port }, more = {}) => ({
    user: "root",
    port,
    identityFile: path("id"),
    knownHostsFile: path("known_hosts"),
    addressType: "InternalIP",
    ...more,
  });
  const local = { home: folder, user: "somebody" };
  const opener: Office["opener"] = (to, more) => sshOpener(settings(to, more), local, systemClock);
  const open: Office["open"] = (to, more) => opener(to, more).open(target);
  const session: Office["session"] = async (to, more) => {
    const opened = await open(to, more);
    if (!opened.ok) throw new Error(`${opened.problem.reason}: ${opened.problem.detail}`);
    closing.unshift(opened.value.close);
    return opened.value;
  };
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0)) await one();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, path, file, key, keygen, sshd, settings, opener, open, session, close };
}

export function ask(
  over: SshSession,
  argv: readonly string[],
  more: Partial<Omit<Command, "limits">> & { readonly timeoutMs?: number; readonly maxBytes?: number } = {},
  signal?: AbortSignal,
): Promise<Answer> {
  const { timeoutMs = 5_000, maxBytes = 10_000, ...rest } = more;
  return over.run({ argv, sudo: false, keep: "head", limits: { timeoutMs, maxBytes }, ...rest }, signal);
}

/** Settles once it is so; where it never is, the test meets its time limit. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Command lines of this machine's processes that hold a word: what a transport has started here. */
export function localProcesses(word: string): readonly string[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return [];
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ").trim();
      return words.includes(word) && !words.includes("sshd") ? [words] : [];
    } catch {
      return []; // it ended while we looked
    }
  });
}
