import type { SshTarget } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { type HostConfig, hostConfig } from "./config-file.ts";
import type { ConfigText } from "./includes.ts";
import type { Hop, Local, SshSettings } from "./settings.ts";

/** The hosts to log in to, in order: bastions first, the node last. */
export function routeTo(
  target: SshTarget,
  settings: SshSettings,
  local: Local,
  configText: ConfigText,
): Result<readonly Hop[], Unavailable> {
  try {
    const config = hostConfig(configText, [target.node, target.address]);
    const jumps = settings.proxyJump ?? config.proxyJump ?? "none";
    if (config.proxyCommand !== undefined && config.proxyCommand !== "none" && jumps === "none") {
      return failed(unavailable("not-configured", "ProxyCommand cannot be run here", "use ProxyJump for this host"));
    }
    const node = nodeHop(target, settings, local, config);
    const bastions = jumps === "none" ? [] : jumps.split(",").map((jump) => bastionHop(jump, node, local, configText));
    return ok([...bastions, node]);
  } catch (thrown) {
    const where = settings.configFile ?? "the ssh_config";
    return failed(unavailable("not-configured", `${where}: ${messageOf(thrown)}`, "correct the SSH configuration"));
  }
}

function nodeHop(target: SshTarget, settings: SshSettings, local: Local, config: HostConfig): Hop {
  const host = (config.hostName ?? target.address).replaceAll("%h", target.address);
  const named = settings.identityFile === undefined ? config.identityFiles : [settings.identityFile];
  return {
    host,
    port: settings.port ?? config.port ?? 22,
    user: settings.user ?? config.user ?? local.user,
    names:
      config.hostKeyAlias === undefined ? [...new Set([host, target.address, target.node])] : [config.hostKeyAlias],
    identityFiles: identityFiles(named, host, local),
  };
}

/** A bastion has its own block in the file; what that leaves open is as for the node. */
function bastionHop(jump: string, node: Hop, local: Local, configText: ConfigText): Hop {
  const parts = /^(?:ssh:\/\/)?(?:([^@\s]+)@)?(?:\[([0-9A-Fa-f:.%]+)\]|([^\s:@/[\]]+))(?::(\d{1,5}))?\/?$/.exec(
    jump.trim(),
  );
  const alias = parts?.[2] ?? parts?.[3];
  if (alias === undefined) throw new Error(`ProxyJump "${jump.trim()}" is not [user@]host[:port]`);
  const config = hostConfig(configText, [alias]);
  const host = (config.hostName ?? alias).replaceAll("%h", alias);
  const files = config.identityFiles.map((file) => expand(file, host, local));
  return {
    host,
    port: Number(parts?.[4] ?? config.port ?? 22),
    user: parts?.[1] ?? config.user ?? node.user,
    names: config.hostKeyAlias === undefined ? [...new Set([host, alias])] : [config.hostKeyAlias],
    identityFiles: files.length > 0 ? files : node.identityFiles,
  };
}

const defaultIdentities = ["~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa"];

function identityFiles(named: readonly string[], host: string, local: Local): readonly string[] {
  return (named.length > 0 ? named : defaultIdentities).map((file) => expand(file, host, local));
}

function expand(file: string, host: string, { home, user }: Local): string {
  const tokens: Readonly<Record<string, string>> = { "%d": home, "%h": host, "%u": user, "%%": "%" };
  return file.replace(/^~(?=\/)/, home).replace(/%[dhu%]/g, (token) => tokens[token] ?? token);
}
