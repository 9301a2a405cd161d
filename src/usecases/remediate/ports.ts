import type { Clock } from "../../collect/ports.ts";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import type { Facts } from "../../remediate/facts.ts";
import type { Limits } from "../../remediate/guards/guard.ts";
import type { NodeNow } from "../../remediate/node-now.ts";
import type { ActingHosts, NodeLeases, RemediationStore, SaveEvidence } from "../../remediate/ports.ts";
import type { Actions } from "../../remediate/registry.ts";
import type { Remediation } from "../../remediate/remediation.ts";
import type { Report } from "../../report/report.ts";
import type { Result } from "../../shared/result.ts";

export interface FixPolicy {
  readonly mode: "off" | "propose" | "confirm";
  /** How long a proposal may be confirmed. */
  readonly expiryMs: number;
  /** After the last step the node has to be Ready within this time… */
  readonly readyWithinMs: number;
  /** …and to stay so for this. */
  readonly holdMs: number;
  /** A lease that is not renewed for this long was left behind; longer than any single thing that is done under it. */
  readonly leaseMs: number;
  readonly limits: Limits;
}

export interface About {
  readonly cluster: string;
  readonly node: string;
}

/** A diagnosis made now, with the facts it was made from and where the node is reached. */
export interface FreshLook {
  readonly report: Report;
  readonly evidence: EvidenceSet;
  readonly facts: Facts;
  readonly address: string | null;
}

/** What proposing and running fixes is given. */
export interface FixWorld {
  readonly policy: FixPolicy;
  readonly actions: Actions;
  readonly clock: Clock;
  readonly store: RemediationStore;
  readonly leases: NodeLeases;
  readonly saveEvidence: SaveEvidence;
  /** null: no acting login is configured for this cluster, so nothing is offered there. */
  readonly acting: (cluster: string) => ActingHosts | null;
  /** The problem is a sentence: why there is no report. */
  readonly look: (about: About, askedBy: string) => Promise<Result<FreshLook, string>>;
  /** The few facts that tell whether a node is well; never rejects. */
  readonly observe: (about: About) => Promise<NodeNow>;
  /** 32 random bytes as hex. */
  readonly random: () => string;
  /** Names this process among the replicas. */
  readonly instance: string;
  readonly log: { readonly error: (fields: object, message: string) => void };
}

/** Somebody who wants a fix. `may` looks it up anew each time: rights change. */
export interface Person {
  readonly id: string;
  readonly may: () => Promise<"allowed" | { readonly why: string }>;
}

/** Called after every change that was written. Must not throw and is not waited for. */
export type Tell = (remediation: Remediation) => void;

export const leaseKey = ({ cluster, node }: About): string => `fix:${JSON.stringify([cluster, node])}`;
