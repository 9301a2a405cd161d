import type { EvidenceSet } from "../evidence/evidence.ts";
import type { Result } from "../shared/result.ts";
import type { Step } from "./action.ts";
import type { Remediation } from "./remediation.ts";

/** What remediation needs from outside. `platform` implements these; tests hand in scripted ones. */

/** Every operation may reject with ExternalError or OperatorError of the store. */
export interface RemediationStore {
  readonly add: (remediation: Remediation) => Promise<"added" | "exists">;
  readonly get: (id: string) => Promise<Remediation | undefined>;
  /** Compare-and-set on the revision that was read; the answer has the next one. */
  readonly replace: (remediation: Remediation) => Promise<Remediation | "conflict">;
  /** Those that began a step on this node, newest proposal first. */
  readonly actedOn: (cluster: string, node: string, limit: number) => Promise<readonly Remediation[]>;
  /** Those that are confirmed, running or verifying; of one cluster, or of all. */
  readonly underWay: (cluster: string | null) => Promise<readonly Remediation[]>;
  /** Proposals that ended unconfirmed, by `now`. */
  readonly overdue: (now: Date) => Promise<readonly Remediation[]>;
  /** Ended, and nobody was told. */
  readonly untold: () => Promise<readonly Remediation[]>;
  readonly record: (cause: string, action: string) => Promise<FixRecord>;
}

/** What has happened with this fix for this cause before. Only remediations that changed a node count. */
export interface FixRecord {
  readonly tried: number;
  readonly succeeded: number;
  readonly last: {
    readonly at: string;
    readonly state: string;
    readonly cluster: string;
    readonly node: string;
  } | null;
}

/** One remediation per node, however many bots there are. Rejects as the store does. */
export interface NodeLeases {
  readonly claim: (key: string, holder: string, ttlMs: number, now: Date) => Promise<Result<NodeLease, HeldBy>>;
}

export interface HeldBy {
  readonly holder: string;
  readonly until: string;
}

export interface NodeLease {
  /** false: somebody took it over, and nothing more may be done. */
  readonly renew: (now: Date) => Promise<boolean>;
  readonly release: () => Promise<void>;
}

/** Logs in to nodes as the acting user. */
export interface ActingHosts {
  /** Never rejects. The problem is a sentence with what to do about it. */
  readonly open: (target: {
    readonly node: string;
    readonly address: string;
  }) => Promise<Result<ActingSession, string>>;
}

export interface ActingSession {
  /** Runs one step once, or fails; it is never sent again. Never rejects. */
  readonly run: (step: Step) => Promise<StepAnswer>;
  readonly close: () => void;
}

/** `unknown`: it may have happened (connection lost, no end in time). `not-run`: it surely did not. */
export type StepAnswer =
  | { readonly kind: "exited"; readonly exitCode: number | null; readonly output: string }
  | { readonly kind: "unknown" | "not-run"; readonly says: string };

/** Saves evidence before anything is changed; rejects where it cannot. Returns where it is. */
export type SaveEvidence = (id: string, evidence: EvidenceSet) => Promise<string>;
