import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import type { Clock, SshOpener, SshSession } from "../../collect/ports.ts";
import { type Unavailable, type UnavailableReason, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { connectTcp, type TcpProblem } from "../tcp.ts";
import { credentialsFor, type ReadFile } from "./credentials.ts";
import { forward } from "./forward.ts";
import { type KnownHost, parseKnownHosts } from "./known-hosts.ts";
import { logIn } from "./login.ts";
import { type LoginLimit, loginLimit, mostFailedLogins } from "./login-limit.ts";
import { routeTo } from "./route.ts";
import { sshSession } from "./session.ts";
import type { Hop, Local, SshSettings } from "./settings.ts";

const connectTimeoutMs = 5_000;
const loginTimeoutMs = 10_000;
const systemKnownHosts = "/etc/ssh/ssh_known_hosts";

interface Way {
  readonly settings: SshSettings;
  readonly clock: Clock;
  readonly limit: LoginLimit;
  readonly knownHosts: readonly KnownHost[];
  readonly knownHostsFile: string;
  readonly signal: AbortSignal | undefined;
}

/** Opens sessions for one cluster's nodes; remembers failed logins as long as it lives. */
export function sshOpener(settings: SshSettings, local: Local, clock: Clock): SshOpener {
  const limit = loginLimit();
  const knownHostsFile = settings.knownHostsFile ?? join(local.home, ".ssh", "known_hosts");
  return {
    open: async (target, signal) => {
      const configText =
        settings.configFile === undefined ? "" : ((await read(settings.configFile))?.toString("utf8") ?? "");
      const route = routeTo(target, settings, local, configText);
      if (!route.ok) return route;
      const knownHosts = await readKnownHosts([knownHostsFile, systemKnownHosts]);
      return travel(route.value, { settings, clock, limit, knownHosts, knownHostsFile, signal });
    },
  };
}

const read: ReadFile = (path) => readFile(path).catch(() => null);

async function readKnownHosts(files: readonly string[]): Promise<readonly KnownHost[]> {
  const texts = await Promise.all(files.map(read));
  return texts.flatMap((text) => (text === null ? [] : parseKnownHosts(text.toString("utf8"))));
}

/** Logs in to one host after the other, each through the one before. */
async function travel(hops: readonly Hop[], way: Way): Promise<Result<SshSession, Unavailable>> {
  const clients: Client[] = [];
  const close = (): void => {
    for (const client of clients.toReversed()) client.end();
  };
  for (const hop of hops) {
    const next = await arrive(hop, clients.at(-1), way);
    if (!next.ok) {
      close();
      return next;
    }
    clients.push(next.value);
  }
  const [node, client] = [hops.at(-1), clients.at(-1)];
  if (node === undefined || client === undefined) return failed(unavailable("not-configured", "the way has no host"));
  return ok(sshSession(client, node.user, way.clock, close));
}

async function arrive(hop: Hop, bastion: Client | undefined, way: Way): Promise<Result<Client, Unavailable>> {
  const { settings, clock, limit, knownHosts, knownHostsFile, signal } = way;
  const login = `${hop.user}@${hop.host}:${hop.port}`;
  if (limit.exhausted(login)) {
    const detail = `${mostFailedLogins} logins as ${login} failed; no more are tried`;
    return failed(unavailable("unauthenticated", detail, "mend the login, then restart node-why"));
  }
  const credentials = await credentialsFor(hop, settings, read);
  if (!credentials.ok) return credentials;
  const stream = await (bastion === undefined ? direct(hop, way) : through(bastion, hop, way));
  if (!stream.ok) return stream;
  const timeoutMs = settings.loginTimeoutMs ?? loginTimeoutMs;
  const request = { hop, credentials: credentials.value, knownHosts, knownHostsFile, timeoutMs };
  const client = await logIn(stream.value, request, clock, signal);
  if (client.ok) limit.succeeded(login);
  else if (client.problem.reason === "unauthenticated") limit.failed(login);
  return client;
}

const tcpReasons: Readonly<Record<TcpProblem["kind"], UnavailableReason>> = {
  refused: "refused",
  "timed-out": "timed-out",
  "no-route": "unreachable",
  unresolved: "unreachable",
  failed: "unreachable",
  aborted: "timed-out",
};

async function direct({ host, port }: Hop, { settings, clock, signal }: Way): Promise<Result<Duplex, Unavailable>> {
  const timeoutMs = settings.connectTimeoutMs ?? connectTimeoutMs;
  const socket = await connectTcp({ host, port, timeoutMs }, clock, signal);
  if (socket.ok) return socket;
  const { kind, detail } = socket.problem;
  return failed(unavailable(tcpReasons[kind], `connecting to ${host} port ${port}: ${kind} (${detail})`));
}

function through(bastion: Client, { host, port }: Hop, { settings, clock }: Way): Promise<Result<Duplex, Unavailable>> {
  return forward(bastion, { host, port, timeoutMs: settings.connectTimeoutMs ?? connectTimeoutMs }, clock);
}
