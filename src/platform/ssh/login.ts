import type { Duplex } from "node:stream";
import ssh2, { type Client, type ServerHostKeyAlgorithm } from "ssh2";
import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import type { Credentials } from "./credentials.ts";
import { hostKeyProblem } from "./host-key.ts";
import { hostName, judge, type KnownHost, linesFor } from "./known-hosts.ts";
import type { Hop } from "./settings.ts";

export interface Login {
  readonly hop: Hop;
  readonly credentials: Credentials;
  readonly knownHosts: readonly KnownHost[];
  readonly knownHostsFile: string;
  readonly timeoutMs: number;
}

/** Handshake, host key and login over a stream that is open already. Never rejects. */
export function logIn(
  stream: Duplex,
  login: Login,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Result<Client, Unavailable>> {
  const { hop, credentials, timeoutMs, knownHostsFile } = login;
  const lines = linesFor(
    login.knownHosts,
    hop.names.map((name) => hostName(name, hop.port)),
  );
  const client = new ssh2.Client();
  return new Promise((resolve) => {
    let distrust: Unavailable | null = null;
    const settle = (outcome: Result<Client, Unavailable>): void => {
      cancel();
      signal?.removeEventListener("abort", abort);
      if (!outcome.ok) stream.destroy();
      resolve(outcome);
    };
    const late = (detail: string): void => settle(failed(unavailable("timed-out", `${hop.host}: ${detail}`)));
    const abort = (): void => late("no login before the deadline of the whole diagnosis");
    const cancel = clock.after(timeoutMs, () => late(`connected, but no login within ${timeoutMs} ms`));
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    client.once("ready", () => settle(ok(client)));
    // stays for ever: an error that nobody listens to would end the process
    client.on("error", (error: SshError) => {
      // an agent that is gone costs its keys only: ssh2 goes on to the next method by itself
      if (error.level !== "agent") settle(failed(distrust ?? problemOf(error, login)));
    });
    client.once("close", () =>
      settle(failed(unavailable("refused", `${hop.host} closed the connection before login`))),
    );
    client.connect({
      sock: stream,
      username: hop.user,
      authHandler: [...credentials.methods],
      algorithms: { serverHostKey: preferred(lines) },
      readyTimeout: 0,
      hostVerifier: (key: Buffer) => {
        distrust = hostKeyProblem(judge(lines, key), key, { host: hop.host, port: hop.port, knownHostsFile });
        return distrust === null;
      },
    });
  });
}

const hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

/** A host has several keys and shows the one we like best, so the ones we can check come first. */
function preferred(lines: readonly KnownHost[]): ServerHostKeyAlgorithm[] {
  const known = (algorithm: string): boolean =>
    lines.some(
      ({ marker, type }) =>
        marker === "none" && (type === algorithm || (type === "ssh-rsa" && algorithm.startsWith("rsa-"))),
    );
  return [...hostKeyAlgorithms.filter(known), ...hostKeyAlgorithms.filter((algorithm) => !known(algorithm))];
}

type SshError = Error & { readonly level?: string };

function problemOf(error: SshError, { hop, credentials }: Login): Unavailable {
  if (error.level === "client-authentication") {
    const keys = credentials.publicKeys.join("\n");
    const grant = keys === "" ? "add a key of the agent" : `add ${keys}`;
    const detail = `${hop.host} did not let ${hop.user} in with the offered keys`;
    return unavailable("unauthenticated", detail, `${grant} to ~${hop.user}/.ssh/authorized_keys on ${hop.host}`);
  }
  // MaxStartups, fail2ban and TCP wrappers hang up before they say a word
  if (error.level === "client-socket" || /^Connection lost/.test(error.message)) {
    return unavailable("refused", `${hop.host} closed the connection before login: ${error.message}`);
  }
  return unavailable("unreadable", `${hop.host}: no SSH handshake: ${error.message}`);
}
