import { type Unavailable, unavailable } from "../../../evidence/evidence.ts";
import { distrusted, type HostPlace, type ShownKey } from "../host-key.ts";

/** What is known of a login that failed, besides what ssh said. */
export interface Attempt {
  readonly place: HostPlace;
  readonly user: string;
}

/** Why ssh did not log in. `refusedLogin`: who was not let in where, as ssh names them. */
export interface Explained {
  readonly problem: Unavailable;
  readonly refusedLogin: string | null;
  /** The host's certificate is made out to another name. */
  readonly wrongPrincipal: boolean;
}

/** Reads what `ssh` at LogLevel DEBUG1 has said; seen with OpenSSH 9.2. */
export function explain(stderr: string, attempt: Attempt): Explained {
  const said = stderr.replaceAll("\r", "");
  const denied = /^(\S+@\S+): Permission denied \(([^)]*)\)/m.exec(said);
  if (denied !== null) {
    const [, refusedLogin = null, methods = ""] = denied;
    return { problem: notLetIn(refusedLogin ?? "", methods), refusedLogin, wrongPrincipal: false };
  }
  const wrongPrincipal = /Certificate invalid: name is not a listed principal/.test(said);
  const problem = hostKey(said, attempt) ?? connection(said, attempt) ?? other(said, attempt);
  return { problem, refusedLogin: null, wrongPrincipal };
}

function notLetIn(login: string, methods: string): Unavailable {
  const at = login.lastIndexOf("@");
  const [user, host] = [login.slice(0, at), login.slice(at + 1)];
  const detail = `${host} did not let ${user} in with the offered keys (${methods})`;
  return unavailable("unauthenticated", detail, `add the key to ~${user}/.ssh/authorized_keys on ${host}`);
}

function hostKey(said: string, { place }: Attempt): Unavailable | null {
  const at = said.search(/^(Host key verification failed|.*REVOKED HOST KEY|.*REMOTE HOST IDENTIFICATION HAS)/m);
  const unknown = /No \S+ host key is known for (\S+) and/.exec(said);
  if (at < 0 && unknown === null) return null;
  const key = lastShown(said);
  const where = { ...place, ...(unknown === null ? {} : hostAndPort(unknown[1] ?? "", place)) };
  const invalid = /Certificate invalid: ([^\n]{1,100})/.exec(said)?.[1];
  if (invalid !== undefined) {
    const detail = `${where.host} showed a host certificate that does not hold: ${invalid}`;
    return unavailable(
      "host-key-unknown",
      detail,
      "have the host's certificate issued anew, for the name it is known by",
    );
  }
  if (/REVOKED HOST KEY/.test(said)) return distrusted({ kind: "revoked" }, key, where);
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED/.test(said))
    return distrusted({ kind: "changed", types: [] }, key, where);
  return distrusted({ kind: "unknown" }, key, where);
}

/** The host that was refused is the last one that showed a key. */
function lastShown(said: string): ShownKey {
  const shown = [...said.matchAll(/^debug1: Server host (?:key|certificate): (\S+) (SHA256:[A-Za-z0-9+/=]+)/gm)].at(-1);
  return { type: shown?.[1] ?? "a key", fingerprint: shown?.[2] ?? "" };
}

function hostAndPort(name: string, { port }: HostPlace): { readonly host: string; readonly port: number } {
  const parts = /^\[(.+)\]:(\d+)$/.exec(name);
  return parts === null ? { host: name, port } : { host: parts[1] ?? name, port: Number(parts[2] ?? port) };
}

type Reason = Unavailable["reason"];

const connections: readonly (readonly [RegExp, Reason, string?])[] = [
  [/administratively prohibited/, "forbidden", "set AllowTcpForwarding yes on the bastion"],
  [/Connection refused/, "refused"],
  [/Connection timed out|Operation timed out|Connection to \S+ port \d+ timed out|Timeout, server/, "timed-out"],
  [/No route to host|Network is unreachable|Could not resolve hostname|Name or service not known/, "unreachable"],
  [
    /[Bb]ad configuration option|terminating, \d+ bad|no argument after keyword/,
    "not-configured",
    "correct the SSH configuration",
  ],
  [/Connection (closed|reset)|kex_exchange_identification|Broken pipe|not receive identification/, "refused"],
];

function connection(said: string, { place }: Attempt): Unavailable | null {
  const found = connections.find(([says]) => says.test(said));
  if (found === undefined) return null;
  const [says, reason, grant] = found;
  const line = linesOf(said).find((one) => says.test(one)) ?? "";
  return unavailable(reason, `${place.host}: ${line}`, grant);
}

function other(said: string, { place }: Attempt): Unavailable {
  return unavailable("unreadable", `${place.host}: ssh did not log in: ${linesOf(said).at(-1) ?? "it said nothing"}`);
}

/** What it said to people; what is left of a line is short. */
function linesOf(said: string): readonly string[] {
  const plain = said
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^(debug\d: |Authenticated to |Warning: )/.test(line));
  return plain.map((line) => line.trim().slice(0, 300));
}
