import type { SshSettings } from "../settings.ts";

/** What is enforced for every host on the way, bastions included, and what cannot be given to them otherwise. */
export interface Enforced {
  readonly settings: SshSettings;
  /** Where our own agent listens, for keys that are in no file or locked. */
  readonly agentSocket: string | undefined;
  readonly certificateFile: string | undefined;
  /** Files that are read after ours, in order. */
  readonly includes: readonly string[];
}

const connectSeconds = 5;

/**
 * An ssh_config for `ssh -F`. ssh hands options of its command line to no bastion, but this file it does, and the
 * first value of an option wins: so nothing that follows can make a host trusted or ask a question.
 */
export function configText({ settings, agentSocket, certificateFile, includes }: Enforced): string {
  const { identityFile, knownHostsFile, agent, connectTimeoutMs } = settings;
  const lines = [
    "Host *",
    ...always,
    `ConnectTimeout ${Math.max(1, Math.ceil((connectTimeoutMs ?? connectSeconds * 1000) / 1000))}`,
    `IdentityAgent ${word(agentSocket ?? agent ?? "none")}`,
    ...(identityFile === undefined || agentSocket !== undefined ? [] : [`IdentityFile ${word(identityFile)}`]),
    ...(certificateFile === undefined ? [] : [`CertificateFile ${word(certificateFile)}`]),
    ...(knownHostsFile === undefined ? [] : [`UserKnownHostsFile ${word(knownHostsFile)}`]),
    ...includes.map((file) => `Include ${quoted(file)}`),
  ];
  return `${lines.join("\n")}\n`;
}

const always: readonly string[] = [
  "BatchMode yes",
  "StrictHostKeyChecking yes",
  "UpdateHostKeys no",
  "VerifyHostKeyDNS no",
  "NoHostAuthenticationForLocalhost no",
  "PasswordAuthentication no",
  "KbdInteractiveAuthentication no",
  "HostbasedAuthentication no",
  "ControlMaster no",
  "ControlPath none",
  "ControlPersist no",
  "ForwardAgent no",
  "ForwardX11 no",
  "ClearAllForwardings yes",
  "PermitLocalCommand no",
  "RemoteCommand none",
  "RequestTTY no",
  "Tunnel no",
  "ServerAliveInterval 10",
  "ServerAliveCountMax 3",
];

/** ssh expands % in paths; quotes keep blanks together. */
export function word(path: string): string {
  return quoted(path.replaceAll("%", "%%"));
}

function quoted(path: string): string {
  return `"${path}"`;
}
