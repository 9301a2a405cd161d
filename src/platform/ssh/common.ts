import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, SshSession, SshTarget } from "../../collect/ports.ts";
import type { Unavailable } from "../../evidence/evidence.ts";
import type { Result } from "../../shared/result.ts";
import type { Ends } from "./command-line.ts";
import type { ReadFile } from "./credentials.ts";
import { type KnownHost, parseKnownHosts } from "./known-hosts.ts";
import type { Wire } from "./line.ts";
import type { LoginLimit } from "./login-limit.ts";
import type { RestBook } from "./resting.ts";
import { type SessionOptions, sshSession } from "./session.ts";
import type { Local, SshSettings } from "./settings.ts";
import type { Turnstile } from "./turnstile.ts";

/** What every transport of one cluster shares, for as long as the process lives. */
export interface Common {
  readonly local: Local;
  readonly clock: Clock;
  readonly limit: LoginLimit;
  readonly logins: Turnstile;
  readonly rests: RestBook;
  /** What ends a command whose connection has gone. */
  readonly ends: Exclude<Ends, "framed">;
}

/** One login, as the transports are asked for it. */
export interface LoginRequest {
  readonly target: SshTarget;
  /** With what `credential` has brought. */
  readonly settings: SshSettings;
  readonly signal: AbortSignal | undefined;
}

/** Never rejects. */
export type Transport = (request: LoginRequest, common: Common) => Promise<Result<SshSession, Unavailable>>;

export function sessionOver(
  wire: Wire,
  { node }: SshTarget,
  options: Pick<SessionOptions, "user" | "ends" | "openMs">,
  { rests, clock }: Common,
): SshSession {
  const onStuck: SessionOptions["onStuck"] = (command, pids, bootId) => rests.lay(node, bootId, command, pids);
  return rests.guard(node, sshSession(wire, { ...options, onStuck }, clock));
}

export const read: ReadFile = (path) => readFile(path).catch(() => null);

export const systemKnownHosts = "/etc/ssh/ssh_known_hosts";

export function knownHostsFileOf({ knownHostsFile }: SshSettings, { home }: Local): string {
  return knownHostsFile ?? join(home, ".ssh", "known_hosts");
}

export async function readKnownHosts(files: readonly string[]): Promise<readonly KnownHost[]> {
  const texts = await Promise.all(files.map(read));
  return texts.flatMap((text) => (text === null ? [] : parseKnownHosts(text.toString("utf8"))));
}
