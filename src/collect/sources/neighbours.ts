import { type Answer, type Unavailable, type UnavailableReason, unavailable, value } from "../../evidence/evidence.ts";
import type { FactValue, Row } from "../../facts/fact.ts";
import type { Result } from "../../shared/result.ts";
import { connectFailure, curlAnswers, curlWrites } from "../parse/curl.ts";
import type { Ports, SshSession } from "../ports.ts";
import type { Known } from "../probe.ts";
import { type Address, findAddress } from "./address.ts";

/** A second place to look from: two Ready nodes, asked whether they reach a port of this one. */
export type FromNeighbours = (port: number, known: Known) => Promise<Answer>;

const atMost = 2;
const connectSeconds = 3;
const commandLimits = { timeoutMs: 5_000, maxBytes: 4_000 };
const readLimits = { timeoutMs: 3_000, maxBytes: 1_000_000 };
/** Only with these may the trouble lie on the way: a login that was refused has reached the node. */
const onTheWay: readonly UnavailableReason[] = ["unreachable", "timed-out", "cut-off"];

/**
 * Asks only where SSH to the node itself has failed on the way. Where the neighbours cannot be logged in to either, for
 * the same kind of reason, it is this side that is cut off, and the answer says so.
 */
export function neighboursSource(
  ports: Pick<Ports, "ssh" | "kubernetes" | "addresses">,
  node: string,
  parts: {
    readonly session: Promise<Result<SshSession, Unavailable>>;
    readonly address: () => Promise<Address>;
    readonly signal: AbortSignal;
  },
): { readonly ask: FromNeighbours; readonly close: () => void } {
  const logins = new Map<string, Promise<Result<SshSession, Unavailable>>>();
  const login = (name: string): Promise<Result<SshSession, Unavailable>> => {
    const made = logins.get(name) ?? loginTo(ports, name, parts.signal);
    logins.set(name, made);
    return made;
  };
  const ask: FromNeighbours = async (port, known) => {
    const own = await parts.session;
    if (own.ok || !onTheWay.includes(own.problem.reason))
      return unavailable("not-asked", "the node itself was reached");
    const where = await parts.address();
    if (!where.ok) return where.problem;
    const names = readyBeside(node, known.get("fleet.rows"));
    if (names.length === 0) return unavailable("not-asked", "no other node is known to be Ready");
    const seen = await Promise.all(
      names.map(async (name) => [name, await lookFrom(await login(name), where.value, port, parts.signal)] as const),
    );
    return judged(seen);
  };
  const close = (): void => {
    for (const each of logins.values()) void each.then((session) => session.ok && session.value.close());
  };
  return { ask, close };
}

/** The next two by name, so that many nodes in trouble do not all ask the same two. */
export function readyBeside(node: string, rows: FactValue | undefined): readonly string[] {
  if (!Array.isArray(rows)) return [];
  const ready = (rows as readonly Row[])
    .filter((row) => isReady(row) && row.name !== node)
    .map(({ name }) => String(name));
  const sorted = [...ready].sort();
  return [...sorted.filter((name) => name > node), ...sorted.filter((name) => name < node)].slice(0, atMost);
}

const isReady = ({ ready }: Row): boolean => ready === true || ready === "True";

async function loginTo(
  { ssh, kubernetes, addresses }: Pick<Ports, "ssh" | "kubernetes" | "addresses">,
  name: string,
  signal: AbortSignal,
): Promise<Result<SshSession, Unavailable>> {
  if (ssh === undefined) return { ok: false, problem: unavailable("not-configured", "no SSH is configured") };
  const object = kubernetes.get(`/api/v1/nodes/${encodeURIComponent(name)}`, readLimits, signal);
  const where = await findAddress(name, addresses, object);
  return where.ok ? ssh.open({ address: where.value, node: name }, signal) : where;
}

/** A word of `reachValues`; `not-reached`: not even the neighbour; null: it could not tell. */
async function lookFrom(
  session: Result<SshSession, Unavailable>,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<string | null> {
  if (!session.ok) return onTheWay.includes(session.problem.reason) ? "not-reached" : null;
  const host = address.includes(":") ? `[${address}]` : address;
  const argv = [
    "curl",
    "-sS",
    "--noproxy",
    "*",
    "-m",
    String(connectSeconds),
    "-w",
    curlWrites,
    `http://${host}:${port}/`,
  ];
  const answer = await session.value.run({ argv, sudo: false, limits: commandLimits, keep: "head" }, signal);
  return answer.kind === "value" ? wordOf(answer.stdout, answer.stderr) : null;
}

/** sshd answers no HTTP and the kubelet speaks TLS: any complaint about the answer means that there was one. */
function wordOf(stdout: string, stderr: string): string | null {
  const own = curlAnswers(`${stdout}\n${stderr}`.split("\n")).at(-1);
  if (own === undefined) return null;
  if (own.status !== null) return "open";
  if (/HTTP\/0\.9|bytes received|Empty reply|reset by peer/i.test(own.error) && !/ 0 bytes received/.test(own.error))
    return "open";
  const failure = connectFailure(own.error);
  return ["refused", "timed-out", "no-route"].includes(failure) ? failure : null;
}

function judged(seen: readonly (readonly [string, string | null])[]): Answer {
  const told = seen.filter(([, word]) => word !== null);
  if (told.length === 0) return unavailable("not-asked", "no neighbour could tell");
  if (told.every(([, word]) => word === "not-reached")) {
    const names = told.map(([name]) => name).join(" and ");
    return unavailable(
      "unreachable",
      `${names}, which the API calls Ready, cannot be reached from here either: node-why is cut off`,
    );
  }
  return value(told.map(([name, word]) => `${name} ${word}\n`).join(""));
}
