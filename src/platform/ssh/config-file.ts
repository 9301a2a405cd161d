import SSHConfig from "ssh-config";
import { type ConfigText, wordsOf } from "./includes.ts";
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
  readonly certificateFile?: string;
  /** A Match block may speak of this host: only OpenSSH itself can tell. */
  readonly match: boolean;
}

type Line = SSHConfig[number];
type Take = (param: string, value: string) => void;

interface Walk {
  readonly config: ConfigText;
  readonly names: readonly string[];
  readonly take: Take;
}

const deepest = 16;

/**
 * The first value found wins, as in ssh_config(5); identity files add up. A block applies where its
 * patterns match any of the names, because operators write blocks for node names as well as for
 * addresses.
 * @throws Error on text that is not an ssh_config.
 */
export function hostConfig(config: ConfigText, names: readonly string[]): HostConfig {
  const found = new Map<string, string>();
  const identityFiles: string[] = [];
  const take: Take = (param, value) => {
    if (param === "identityfile") identityFiles.push(value);
    else if (!found.has(param)) found.set(param, value);
  };
  collect(SSHConfig.parse(config.text), { config, names, take }, 0);
  const port = Number(found.get("port"));
  return {
    ...optional("hostName", found.get("hostname")),
    ...optional("hostKeyAlias", found.get("hostkeyalias")),
    ...optional("user", found.get("user")),
    ...optional("proxyJump", found.get("proxyjump")),
    ...optional("proxyCommand", found.get("proxycommand")),
    ...optional("certificateFile", found.get("certificatefile")),
    ...(Number.isInteger(port) && port > 0 ? { port } : {}),
    identityFiles,
    match: found.has("match"),
  };
}

function collect(lines: Iterable<Line>, walk: Walk, depth: number): void {
  for (const line of lines) {
    if (!("param" in line)) continue;
    const param = line.param.toLowerCase();
    if ("config" in line) block(line, param, walk, depth);
    else if (param === "include") include(wordsOf(line.value), walk, depth);
    else walk.take(param, wordsOf(line.value).join(" "));
  }
}

function block(line: Extract<Line, { readonly config: unknown }>, param: string, walk: Walk, depth: number): void {
  if (param === "match") {
    if (mayMatch(wordsOf(line.value), walk.names)) walk.take("match", "yes");
  } else if (applies(wordsOf(line.value), walk.names)) collect(line.config, walk, depth);
}

function include(patterns: readonly string[], walk: Walk, depth: number): void {
  if (depth >= deepest) return;
  for (const text of patterns.flatMap((pattern) => walk.config.included.get(pattern) ?? [])) {
    collect(SSHConfig.parse(text), walk, depth + 1);
  }
}

/** Not only where `host` or `originalhost` names others. */
function mayMatch(criteria: readonly string[], names: readonly string[]): boolean {
  const others = criteria.some((word, at) => {
    const patterns = criteria[at + 1]?.split(",") ?? [];
    return /^(original)?host$/i.test(word) && !applies(patterns, names);
  });
  return !others;
}

function applies(patterns: readonly string[], names: readonly string[]): boolean {
  const hits = (pattern: string): boolean => names.some((name) => matches(pattern, name));
  const refused = patterns.some((pattern) => pattern.startsWith("!") && hits(pattern.slice(1)));
  return !refused && patterns.some((pattern) => !pattern.startsWith("!") && hits(pattern));
}

function optional<Key extends string>(key: Key, found: string | undefined): { readonly [K in Key]?: string } {
  return found === undefined ? {} : ({ [key]: found } as { readonly [K in Key]?: string });
}
