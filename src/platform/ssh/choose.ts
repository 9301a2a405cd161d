import type { SshTarget } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";
import { type Common, knownHostsFileOf, read, readKnownHosts, systemKnownHosts } from "./common.ts";
import { type HostConfig, hostConfig } from "./config-file.ts";
import { type ConfigText, noConfig, readConfigText } from "./includes.ts";
import { hostName, linesFor } from "./known-hosts.ts";
import { runProgram } from "./program.ts";
import { routeTo } from "./route.ts";
import type { Hop, SshSettings, TransportName } from "./settings.ts";

/**
 * Which transport this host gets. The built-in one is the default; where it lacks what the host needs, OpenSSH's
 * client takes over (`auto`) or the answer says so in one line.
 */
export async function chooseTransport(
  target: SshTarget,
  settings: SshSettings,
  common: Common,
): Promise<Result<TransportName, Unavailable>> {
  const { transport = "auto" } = settings;
  if (transport === "exec" || transport === "openssh") return ok(transport);
  const needs = await needsOpenssh(target, settings, common);
  if (needs === null) return ok("ssh2");
  const detail = `${needs}, which the built-in SSH client does not know`;
  if (transport === "ssh2")
    return failed(unavailable("not-configured", detail, "set ssh.transport: openssh (or auto)"));
  if (await installed(common)) return ok("openssh");
  return failed(unavailable("not-configured", detail, "install the OpenSSH client (ssh) where node-why runs"));
}

async function installed({ local, clock }: Common): Promise<boolean> {
  const ran = await runProgram(["ssh", "-V"], { timeoutMs: 5_000, maxBytes: 1_000 }, local.env, clock);
  return ran.how === "exited" && ran.exitCode === 0;
}

/** What only OpenSSH can do for this host; null: nothing. */
async function needsOpenssh(target: SshTarget, settings: SshSettings, common: Common): Promise<string | null> {
  const { configFile } = settings;
  const config = configFile === undefined ? noConfig : await readConfigText(configFile, common.local.home, read);
  const route = routeTo(target, settings, common.local, config);
  const own = inConfig(config, [target.node, target.address], settings);
  if (own !== null || !route.ok) return own; // a config that cannot be read is told by whoever uses it
  if (settings.certificateFile !== undefined) return `${settings.certificateFile} is a user certificate`;
  return (await inIdentities(route.value, settings)) ?? (await inKnownHosts(route.value, settings, common));
}

function inConfig(text: ConfigText, names: readonly string[], { proxyJump, configFile }: SshSettings): string | null {
  let config: HostConfig;
  try {
    config = hostConfig(text, names);
  } catch {
    return null; // it cannot be read, and the login itself says so
  }
  const where = `${configFile ?? "the ssh_config"} has`;
  if (config.match) return `${where} a Match block that may concern this host`;
  const command = config.proxyCommand !== undefined && config.proxyCommand !== "none";
  if (command && (proxyJump ?? config.proxyJump ?? "none") === "none") return `${where} a ProxyCommand for this host`;
  return config.certificateFile === undefined ? null : `${where} a CertificateFile for this host`;
}

async function inIdentities(hops: readonly Hop[], settings: SshSettings): Promise<string | null> {
  if (settings.privateKey !== undefined) return null;
  for (const file of new Set(hops.flatMap(({ identityFiles }) => identityFiles))) {
    const [key, certificate, publicKey] = await Promise.all([
      read(file),
      read(`${file}-cert.pub`),
      read(`${file}.pub`),
    ]);
    if (key === null) continue;
    if (certificate !== null) return `${file} has a user certificate beside it`;
    if (publicKey?.toString("latin1").startsWith("sk-")) return `${file} is the key of a security key`;
  }
  return null;
}

/** A host that only an authority vouches for, under all of its names. */
async function inKnownHosts(hops: readonly Hop[], settings: SshSettings, common: Common): Promise<string | null> {
  const known = await readKnownHosts([knownHostsFileOf(settings, common.local), systemKnownHosts]);
  for (const { host, port, names } of hops) {
    const markers = linesFor(
      known,
      names.map((name) => hostName(name, port)),
    ).map(({ marker }) => marker);
    if (markers.includes("cert-authority") && !markers.includes("none")) {
      return `known_hosts trusts ${host} by @cert-authority only`;
    }
  }
  return null;
}
