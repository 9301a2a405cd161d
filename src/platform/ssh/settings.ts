import type { AddressType } from "../../collect/ports.ts";

/** How a cluster's nodes are logged in to. What is left out comes from `configFile`, then from OpenSSH's defaults. */
export interface SshSettings {
  /** `auto` (default): the built-in client, and OpenSSH's for a host that needs it. */
  readonly transport?: TransportName | "auto";
  readonly user?: string;
  readonly port?: number;
  readonly identityFile?: string;
  /** A file whose first line unlocks the identity file. */
  readonly passphraseFile?: string;
  /** A user certificate for the identity file. */
  readonly certificateFile?: string;
  /** A private key that is in no file: `credential` brought it. */
  readonly privateKey?: string;
  /** The agent's socket. */
  readonly agent?: string;
  readonly knownHostsFile?: string;
  readonly addressType: AddressType;
  /** An ssh_config file: Host, HostName, HostKeyAlias, User, Port, IdentityFile, ProxyJump and Include are used. */
  readonly configFile?: string;
  /** Bastions in order, as `ssh -J` takes them; wins over the file's. */
  readonly proxyJump?: string;
  /** TCP connect per hop. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** From connected to logged in, per hop. Default 10,000. */
  readonly loginTimeoutMs?: number;
  /** Logins under way at once to one bastion. Default 4: sshd drops at random from 10 on (MaxStartups). */
  readonly loginsAtOnce?: number;
  readonly exec?: ExecSettings;
  readonly credential?: CredentialSettings;
}

export type TransportName = "ssh2" | "openssh" | "exec";

/** A tool that runs one command on a node: an argv with {host}, {node}, {user}, {port} and one of the commands. */
export interface ExecSettings {
  readonly argv: readonly string[];
  /** How long the tool may take until the command begins. Default 10,000. */
  readonly startTimeoutMs?: number;
}

/** A program that prints a short-lived credential as JSON. */
export interface CredentialSettings {
  readonly argv: readonly string[];
  /** Default 20,000. */
  readonly timeoutMs?: number;
  /** It is renewed when less than this is left of it. Default 120,000. */
  readonly renewBeforeMs?: number;
}

/** Who node-why runs as; handed in so that nothing here reads the environment. */
export interface Local {
  readonly home: string;
  readonly user: string;
  /** The environment of programs that are started; left out: node-why's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One host on the way, the last being the node itself. */
export interface Hop {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The names known_hosts may have it under. */
  readonly names: readonly string[];
  readonly identityFiles: readonly string[];
}
