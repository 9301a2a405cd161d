import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import type { SshSession } from "../../collect/ports.ts";
import { type Unavailable, type UnavailableReason, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { connectTcp, type TcpProblem } from "../tcp.ts";
import { runInChannel } from "./channel.ts";
import {
  type Common,
  knownHostsFileOf,
  type LoginRequest,
  read,
  readKnownHosts,
  sessionOver,
  systemKnownHosts,
  type Transport,
} from "./common.ts";
import { credentialsFor } from "./credentials.ts";
import { forward } from "./forward.ts";
import { noConfig, readConfigText } from "./includes.ts";
import type { KnownHost } from "./known-hosts.ts";
import { logIn } from "./login.ts";
import type { LoginPlace } from "./login-limit.ts";
import { routeTo } from "./route.ts";
import type { Hop } from "./settings.ts";

const connectTimeoutMs = 5_000;
const loginTimeoutMs = 10_000;

interface Way extends Common, LoginRequest {
  readonly knownHosts: readonly KnownHost[];
  readonly knownHostsFile: string;
}

/** The built-in client: one process, no program but this one. */
export const ssh2Transport: Transport = async (request, common) => {
  const { target, settings } = request;
  const { configFile } = settings;
  const config = configFile === undefined ? noConfig : await readConfigText(configFile, common.local.home, read);
  const route = routeTo(target, settings, common.local, config);
  if (!route.ok) return route;
  const knownHostsFile = knownHostsFileOf(settings, common.local);
  const knownHosts = await readKnownHosts([knownHostsFile, systemKnownHosts]);
  const way = { ...common, ...request, knownHosts, knownHostsFile };
  const [first, second] = route.value;
  // one bastion stands before many nodes: it sees their logins a few at a time
  if (first === undefined || second === undefined) return travel(route.value, way);
  return common.logins.within(`${first.host}:${first.port}`, () => travel(route.value, way));
};

/** Logs in to one host after the other, each through the one before. */
async function travel(hops: readonly Hop[], way: Way): Promise<Result<SshSession, Unavailable>> {
  const clients: Client[] = [];
  const end = (): void => {
    for (const client of clients.toReversed()) client.end();
  };
  for (const [at, hop] of hops.entries()) {
    const bastion = at === 0 ? null : loginOf(hops[0] ?? hop);
    const next = await arrive(hop, { login: loginOf(hop), bastion }, clients.at(-1), way);
    if (!next.ok) {
      end();
      return next;
    }
    clients.push(next.value);
  }
  const [node, client] = [hops.at(-1), clients.at(-1)];
  if (node === undefined || client === undefined) return failed(unavailable("not-configured", "the way has no host"));
  const wire = {
    run: (line, signal) => runInChannel(client, line, way.clock, signal),
    end,
  } satisfies Parameters<typeof sessionOver>[0];
  return ok(sessionOver(wire, way.target, { user: node.user, ends: way.ends }, way));
}

const loginOf = ({ user, host, port }: Hop): string => `${user}@${host}:${port}`;

async function arrive(
  hop: Hop,
  place: LoginPlace,
  bastion: Client | undefined,
  way: Way,
): Promise<Result<Client, Unavailable>> {
  const { settings, clock, limit, knownHosts, knownHostsFile, signal } = way;
  const refusal = limit.refusal(place);
  if (refusal !== null) return failed(refusal);
  const credentials = await credentialsFor(hop, settings, read);
  if (!credentials.ok) return credentials;
  const stream = await (bastion === undefined ? direct(hop, way) : through(bastion, hop, way));
  if (!stream.ok) return stream;
  const timeoutMs = settings.loginTimeoutMs ?? loginTimeoutMs;
  const request = { hop, credentials: credentials.value, knownHosts, knownHostsFile, timeoutMs };
  const client = await logIn(stream.value, request, clock, signal);
  if (client.ok) limit.succeeded(place);
  else if (client.problem.reason === "unauthenticated") limit.failed(place);
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
