import type { Answer, Unavailable, Window } from "../evidence/evidence.ts";
import type { Result } from "../shared/result.ts";
import type { Limits } from "./limits.ts";

/** What collecting needs from outside. `platform` implements these; tests hand in scripted ones. */
export interface Ports {
  readonly clock: Clock;
  readonly kubernetes: KubernetesReader;
  /** Left out: no SSH is configured for this cluster, and every ssh probe says so. */
  readonly ssh?: SshOpener;
  /** Left out: it is off in this cluster, and the probes that ask it are not asked. */
  readonly kubelet?: KubeletApi;
  /** Left out: it is off in this cluster; then only SSH runs commands on a node. */
  readonly podExec?: PodShells;
  /** Left out: no cloud is configured for this cluster, and the probes that ask it are not asked. */
  readonly cloud?: CloudReader;
  /** Left out: no store of metrics is configured. */
  readonly metrics?: MetricsReader;
  /** Left out: no store of logs is configured. */
  readonly logs?: LogsReader;
  readonly local: LocalReach;
  readonly addresses: AddressBook;
}

/** The only way to time for everything outside `platform`. */
export interface Clock {
  readonly now: () => Date;
  /** Milliseconds that never jump, from an arbitrary start. */
  readonly monotonicMs: () => number;
  /** Calls back once after so many milliseconds, unless the returned function is called first. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

/** Reads the API server; there is no way to write through it. */
export interface KubernetesReader {
  /**
   * GET of one path with its query. Never rejects: 404 is `absent`, everything else that is not a
   * body is `unavailable`. The answer's Date header is the line `date: ...` in `stderr`.
   */
  readonly get: (path: string, limits: Limits, signal?: AbortSignal) => Promise<Answer>;
}

/** One read-only command for a node. */
export interface Command {
  readonly argv: readonly string[];
  /** Needs root: run through `sudo -n` where the login is not root. */
  readonly sudo: boolean;
  readonly limits: Limits;
  /** Which end survives the byte limit. */
  readonly keep: "head" | "tail";
}

/** One open connection to one host. */
export interface SshSession {
  /**
   * Runs a command in a channel of its own. Never rejects. When `signal` aborts, the command is
   * killed on the node and the answer is `unavailable(timed-out)`.
   */
  readonly run: (command: Command, signal?: AbortSignal) => Promise<Answer>;
  readonly close: () => void;
}

export interface SshTarget {
  /** IP address or host name, as the Node object or the inventory has it. */
  readonly address: string;
  /** The node's name: known_hosts and ~/.ssh/config may know the host by it. */
  readonly node: string;
}

export interface SshOpener {
  /** Connects, checks the host key and logs in. Never rejects. */
  readonly open: (target: SshTarget, signal?: AbortSignal) => Promise<Result<SshSession, Unavailable>>;
}

/** The kubelet's own API. There is no way to write through it. */
export interface KubeletApi {
  /** It is asked at the node's address; else by the node's name, through the API server. */
  readonly needsAddress: boolean;
  /** Connects to nothing yet. */
  readonly on: (target: SshTarget) => KubeletReader;
}

export interface KubeletReader {
  /** GET of a path as the kubelet has it. Never rejects. A health check that fails is a value too. */
  readonly get: (path: string, limits: Limits, signal?: AbortSignal) => Promise<Answer>;
}

/** Privileged pods that already run on the nodes. */
export interface PodShells {
  /** Looks which pod it would be; nothing is run in it yet. Never rejects. */
  readonly find: (node: string, signal?: AbortSignal) => Promise<Result<PodShell, Unavailable>>;
}

export interface PodShell {
  /** NAMESPACE/POD. */
  readonly pod: string;
  /** Runs a command in it that does nothing, to see that more would run. Never rejects. */
  readonly open: (signal?: AbortSignal) => Promise<Result<SshSession, Unavailable>>;
}

/** `events`: checks and maintenance; `console`: the last lines of its console, or of its management controller's log. */
export type CloudQuestion = "instance" | "events" | "console";

/** A machine as those know it who do not live on it. */
export interface Machine {
  readonly node: string;
  /** As the Node object has it (`aws:///eu-west-1a/i-0abc`); null: not known. */
  readonly providerID: string | null;
  /** null: not known. */
  readonly address: string | null;
}

/** Whoever runs the machine: a cloud, or its management controller. There is no way to change anything through it. */
export interface CloudReader {
  /** Never rejects. A machine that is not known there is `absent`. The answer is the provider's own, or plain text. */
  readonly get: (question: CloudQuestion, machine: Machine, limits: Limits, signal?: AbortSignal) => Promise<Answer>;
}

export interface MetricsReader {
  /** What was measured of the machine between two times, as Prometheus answers a range query. Never rejects. */
  readonly range: (machine: Machine, window: Window, limits: Limits, signal?: AbortSignal) => Promise<Answer>;
}

export type StoredLog = "kubelet" | "runtime" | "kernel";

export interface LogsReader {
  /** The newest lines of one log between two times, as the store answers. Never rejects. */
  readonly tail: (
    log: StoredLog,
    machine: Machine,
    window: Window,
    limits: Limits,
    signal?: AbortSignal,
  ) => Promise<Answer>;
}

export interface LocalReach {
  /** A TCP connection from here: a value whose stdout is `open`, `refused`, `timed-out` or `no-route`. Never rejects. */
  readonly connect: (address: string, port: number, timeoutMs: number, signal?: AbortSignal) => Promise<Answer>;
}

export const addressTypes = ["InternalIP", "ExternalIP", "Hostname"] as const;
/** Also what an annotation of the Node object holds, by its key. */
export type AddressType = (typeof addressTypes)[number] | `annotation:${string}`;

/** Where a node is reached. The inventory wins, then the Node object, then what it said last time. */
export interface AddressBook {
  readonly type: AddressType;
  readonly configured: (node: string) => string | null;
  readonly remembered: (node: string) => string | null;
  readonly remember: (node: string, address: string) => void;
}
