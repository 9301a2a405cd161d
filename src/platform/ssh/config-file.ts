import SSHConfig from "ssh-config";
import { matches } from "./known-hosts.ts";

/** What an ssh_config file says about one host. */
export interface HostConfig {
  readonly hostName?: string;
  readonly hostKeyAlias?: string;
  readonly user?: string;
  readonly port?: number;
  readonly identityFiles: readonly string[];
  readonly proxyJump?: string;
  readonly proxyCommand?: string;
}

type Lines = Iterable<SSHConfig[number]>;

/**
 * The first value found wins, as in ssh_config(5); identity files add up. A block applies where its
 * patterns match any of the names, because operators write blocks for node names as well as for
 * addresses. `Match` and `Include` need OpenSSH itself and are passed over.
 * @throws Error on text that is not an ssh_config.
 */
export function hostConfig(text: string, names: readonly string[]): HostConfig {
  const found = new Map<string, string>();
  const identityFiles: string[] = [];
  collect(SSHConfig.parse(text), names, (param, value) => {
    if (param === "identityfile") identityFiles.push(value);
    else if (!found.has(param)) found.set(param, value);
  });
  const port = Number(found.get("port"));
  return {
    ...optional("hostName", found.get("hostname")),
    ...optional("hostKeyAlias", found.get("hostkeyalias")),
    ...optional("user", found.get("user")),
    ...optional("proxyJump", found.get("proxyjump")),
    ...optional("proxyCommand", found.get("proxycommand")),
    ...(Number.isInteger(port) && port > 0 ? { port } : {}),
    identityFiles,
  };
}

function collect(lines: Lines, names: readonly string[], take: (param: string, value: string) => void): void {
  for (const line of lines) {
    if (!("param" in line)) continue;
    const param = line.param.toLowerCase();
    if ("config" in line) {
      if (param === "host" && applies(wordsOf(line.value), names)) collect(line.config, names, take);
    } else take(param, wordsOf(line.value).join(" "));
  }
}

function applies(patterns: readonly string[], names: readonly string[]): boolean {
  const hits = (pattern: string): boolean => names.some((name) => matches(pattern, name));
  const refused = patterns.some((pattern) => pattern.startsWith("!") && hits(pattern.slice(1)));
  return !refused && patterns.some((pattern) => !pattern.startsWith("!") && hits(pattern));
}

function wordsOf(value: string | readonly { readonly val: string }[]): readonly string[] {
  return typeof value === "string" ? [value] : value.map(({ val }) => val);
}

function optional<Key extends string>(key: Key, found: string | undefined): { readonly [K in Key]?: string } {
  return found === undefined ? {} : ({ [key]: found } as { readonly [K in Key]?: string });
}
