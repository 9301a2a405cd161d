import type { AddressType } from "../../collect/ports.ts";

/** How a cluster's nodes are logged in to. What is left out comes from `configFile`, then from OpenSSH's defaults. */
export interface SshSettings {
  readonly user?: string;
  readonly port?: number;
  readonly identityFile?: string;
  /** A file whose first line unlocks the identity file. */
  readonly passphraseFile?: string;
  /** The agent's socket. */
  readonly agent?: string;
  readonly knownHostsFile?: string;
  readonly addressType: AddressType;
  /** An ssh_config file: Host, HostName, HostKeyAlias, User, Port, IdentityFile and ProxyJump are used. */
  readonly configFile?: string;
  /** Bastions in order, as `ssh -J` takes them; wins over the file's. */
  readonly proxyJump?: string;
  /** TCP connect per hop. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** From connected to logged in, per hop. Default 10,000. */
  readonly loginTimeoutMs?: number;
}

/** Who node-why runs as; handed in so that nothing here reads the environment. */
export interface Local {
  readonly home: string;
  readonly user: string;
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
