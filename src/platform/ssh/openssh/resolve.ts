import type { SshTarget } from "../../../collect/ports.ts";
import { hostName, type KnownHost, linesFor } from "../known-hosts.ts";

/** What `ssh -G` prints: the configuration that holds for one host. */
export interface Resolved {
  readonly user: string;
  readonly hostname: string;
  readonly port: number;
  readonly proxyJump: string | null;
  readonly hostKeyAlias: string | null;
  readonly knownHostsFiles: readonly string[];
  /** Everything but the host's own name, to tell whether the file knows it at all. */
  readonly rest: string;
}

export function parseResolved(text: string): Resolved {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const of = (param: string): string | null =>
    lines.find((line) => line.startsWith(`${param} `))?.slice(param.length + 1) ?? null;
  const files = `${of("userknownhostsfile") ?? ""} ${of("globalknownhostsfile") ?? ""}`;
  const jump = of("proxyjump");
  return {
    user: of("user") ?? "",
    hostname: of("hostname") ?? "",
    port: Number(of("port") ?? 22),
    proxyJump: jump === null || jump === "none" ? null : jump,
    hostKeyAlias: of("hostkeyalias"),
    knownHostsFiles: files.split(" ").filter((file) => file.startsWith("/")),
    rest: lines.filter((line) => !/^(host|hostname|originalhost) /.test(line)).join("\n"),
  };
}

/** A word that may stand as a host on ssh's command line, and in what its configuration makes of it. */
export const plainHost = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}$/;

/** Each is a HostKeyAlias to try, in order; null: none. */
export type Aliases = readonly [string | null, ...(string | null)[]];

/**
 * The name under which known_hosts has the host: what ssh looks for by itself, else the node's name or address. Where
 * only an authority vouches for it, its certificate may be made out to either.
 */
export function aliasesFor(
  known: readonly KnownHost[],
  { hostname, port, hostKeyAlias }: Resolved,
  { node, address }: SshTarget,
): Aliases {
  if (hostKeyAlias !== null) return [null];
  const lines = (name: string): readonly KnownHost[] => linesFor(known, [name]);
  const has = (name: string): boolean => lines(name).some(({ marker }) => marker === "none");
  if (has(hostName(hostname, port))) return [null];
  const others = [node, address].filter((name) => plainHost.test(name) && name !== hostname);
  const alias = others.flatMap((name) => [hostName(name, port), name]).find(has);
  if (alias !== undefined) return [alias];
  const vouched = others.filter((name) => lines(name).some(({ marker }) => marker === "cert-authority"));
  return [null, ...vouched];
}
