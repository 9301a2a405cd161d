import type { SshSession } from "../../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../../shared/result.ts";
import {
  type Common,
  knownHostsFileOf,
  type LoginRequest,
  readKnownHosts,
  sessionOver,
  type Transport,
} from "../common.ts";
import type { LoginPlace } from "../login-limit.ts";
import { runProgram } from "../program.ts";
import { type PrivateDesk, privateDesk } from "./desk.ts";
import { type Explained, explain } from "./explain.ts";
import { idleSeconds, masterWire } from "./master.ts";
import { aliasesFor, parseResolved, plainHost, type Resolved } from "./resolve.ts";

const connectMs = 5_000;
const loginMs = 10_000;
const resolveMs = 5_000;

interface Way extends Common, LoginRequest {
  readonly desk: PrivateDesk;
}

/** The system's OpenSSH client: certificates, security keys, Match, ProxyCommand. */
export const opensshTransport: Transport = async (request, common) => {
  const desk = await privateDesk(request.settings, common.local);
  if (!desk.ok) return desk;
  const opened = await connect({ ...common, ...request, desk: desk.value });
  if (!opened.ok) await desk.value.clear();
  return opened;
};

async function connect(way: Way): Promise<Result<SshSession, Unavailable>> {
  const found = await destination(way);
  if (!found.ok) return found;
  const { resolved } = found.value;
  const place = { login: loginOf(resolved), bastion: resolved.proxyJump };
  const refusal = way.limit.refusal(place) ?? bastionRefusal(place, way);
  if (refusal !== null) return failed(refusal);
  const logIn = (): Promise<Result<SshSession, Unavailable>> => tryNames(found.value, place, way);
  // one bastion stands before many nodes: it sees their logins a few at a time
  return place.bastion === null ? logIn() : way.logins.within(place.bastion, logIn);
}

const loginOf = ({ user, hostname, port }: Resolved): string => `${user}@${hostname}:${port}`;

function bastionRefusal({ bastion }: LoginPlace, { limit }: Way): Unavailable | null {
  return bastion === null ? null : limit.refusal({ login: bastion, bastion: null });
}

interface Destination {
  readonly host: string;
  readonly options: readonly string[];
  readonly resolved: Resolved;
}

/** The node goes by its name where the ssh_config knows that, else by its address. */
async function destination(way: Way): Promise<Result<Destination, Unavailable>> {
  const { node, address } = way.target;
  if (!plainHost.test(address)) return failed(unavailable("not-asked", "the node's address is not an address"));
  const given = ownOptions(way);
  const [byName, stranger] = await Promise.all([
    plainHost.test(node) ? resolve(way, given, node) : null,
    resolve(way, given, "node-why.invalid"),
  ]);
  if (!stranger.ok) return stranger;
  const known = byName?.ok === true && byName.value.rest !== stranger.value.rest;
  const renamed = byName?.ok === true && byName.value.hostname !== node;
  const host = known || renamed ? node : address;
  const options = host === node && !renamed ? [...given, "-o", `HostName=${address}`] : given;
  const resolved = await resolve(way, options, host);
  return resolved.ok ? ok({ host, options, resolved: resolved.value }) : resolved;
}

function ownOptions({ settings: { user, port, proxyJump } }: Way): readonly string[] {
  const given = [
    ["User", user],
    ["Port", port],
    ["ProxyJump", proxyJump],
  ] as const;
  return given.flatMap(([key, value]) => (value === undefined ? [] : ["-o", `${key}=${value}`]));
}

async function resolve(
  { desk, clock, local, signal }: Way,
  options: readonly string[],
  host: string,
): Promise<Result<Resolved, Unavailable>> {
  const argv = ["ssh", "-G", "-F", desk.config, ...options, "--", host];
  const ran = await runProgram(argv, { timeoutMs: resolveMs, maxBytes: 64_000 }, local.env, clock, signal);
  if (ran.how === "exited" && ran.exitCode === 0) return ok(parseResolved(ran.stdout));
  if (ran.how === "not-started") {
    return failed(unavailable("not-configured", `ssh cannot be started: ${ran.stderr}`, "install the OpenSSH client"));
  }
  if (ran.how !== "exited") return failed(unavailable("timed-out", "ssh did not read its configuration in time"));
  const detail = `ssh: ${ran.stderr.trim().split("\n", 1)[0] ?? ""}`;
  return failed(unavailable("not-configured", detail, "correct the SSH configuration"));
}

/** Logs in under the name that known_hosts has; a host certificate may be made out to another of its names. */
async function tryNames(to: Destination, place: LoginPlace, way: Way): Promise<Result<SshSession, Unavailable>> {
  const { settings, local, target } = way;
  const files = settings.knownHostsFile === undefined ? to.resolved.knownHostsFiles : [settings.knownHostsFile];
  const aliases = aliasesFor(await readKnownHosts(files), to.resolved, target);
  let last: Explained | null = null;
  for (const alias of aliases) {
    const options = alias === null ? to.options : [...to.options, "-o", `HostKeyAlias=${alias}`];
    const outcome = await logIn({ ...to, options }, way);
    if ("group" in outcome) {
      way.limit.succeeded(place);
      const wire = masterWire({ desk: way.desk, group: outcome.group }, local, way.clock);
      return ok(sessionOver(wire, target, { user: to.resolved.user, ends: way.ends }, way));
    }
    last = outcome;
    if (!outcome.wrongPrincipal) break;
  }
  if (last === null) return failed(unavailable("not-asked", "no login was tried"));
  if (last.refusedLogin !== null) countFailure(last.refusedLogin, to.resolved, place, way);
  return failed(last.problem);
}

/** ssh names who was refused; where that is not the node itself, it was a bastion. */
function countFailure(who: string, { user, hostname }: Resolved, place: LoginPlace, { limit }: Way): void {
  const onNode = who === `${user}@${hostname}` || place.bastion === null;
  limit.failed(onNode ? place : { login: place.bastion ?? "", bastion: null });
}

async function logIn(
  { host, options, resolved }: Destination,
  way: Way,
): Promise<Explained | { readonly group: number | null }> {
  const { desk, settings, clock, local, signal } = way;
  const hops = 1 + (resolved.proxyJump?.split(",").length ?? 0);
  const timeoutMs = hops * ((settings.connectTimeoutMs ?? connectMs) + (settings.loginTimeoutMs ?? loginMs));
  // -v names the fingerprint of a key that is refused, and lets a bastion's own ssh be heard
  const shared = ["-v", "-f", "-N", "-T", "-M", "-S", desk.control, "-o", `ControlPersist=${idleSeconds}`];
  const argv = ["ssh", "-F", desk.config, ...shared, ...options, "--", host];
  const ran = await runProgram(argv, { timeoutMs, maxBytes: 1_000, staysBehind: true }, local.env, clock, signal);
  if (ran.how === "exited" && ran.exitCode === 0) return { group: ran.group };
  if (ran.how === "exited") {
    const knownHostsFile = knownHostsFileOf(settings, local);
    const place = { host: resolved.hostname, port: resolved.port, knownHostsFile };
    return explain(ran.stderr, { place, user: resolved.user });
  }
  const when = ran.how === "aborted" ? "before the deadline of the whole diagnosis" : `within ${timeoutMs} ms`;
  const problem = unavailable("timed-out", `${resolved.hostname}: no login ${when}`);
  return { problem, refusedLogin: null, wrongPrincipal: false };
}
