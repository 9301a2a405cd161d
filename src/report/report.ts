import type { UnavailableReason } from "../evidence/evidence.ts";
import type { Verdict } from "../knowledge/schema.ts";

/**
 * The report: what everything downstream reads (messages, memory, other programs). Its form is a
 * contract: fields are added, never renamed or taken away, within one `schema`.
 * Times are ISO 8601 in UTC.
 */
export interface Report {
  readonly schema: 1;
  readonly node: string | null;
  readonly cluster: string | null;
  readonly at: string | null;
  /** The hours that were asked about, where that was not now; then what is true now was not asked. */
  readonly window?: { readonly from: string; readonly until: string };
  readonly status: "NotReady" | "Unknown" | "Ready" | "Missing" | null;
  /** Of the whole. `none`: nothing is wrong now. */
  readonly verdict: "confirmed" | "likely" | "possible" | "unknown" | "none";
  readonly roots: readonly string[];
  /** Ranked: roots, their effects, other confirmed, likely, possible; then unknown; ruled-out last. */
  readonly causes: readonly ReportedCause[];
  readonly chain: readonly ChainLink[];
  readonly timeline: readonly TimelineEntry[];
  readonly symptoms: readonly ReportedSymptom[];
  /** Whether it ends by itself; null: nothing is wrong. */
  readonly course: ReportedCourse | null;
  /** Symptoms that no root leads to. */
  readonly unexplained: readonly string[];
  /** Alarming lines that neither a rule nor the list of noise speaks of (at most 20). */
  readonly alarms: readonly { readonly source: string; readonly line: string; readonly at: string | null }[];
  readonly unavailable: readonly MissingSource[];
  readonly settle: readonly Settle[];
  readonly fixes: readonly OfferedFix[];
  /** What does not help or harms, and why. */
  readonly avoid: readonly { readonly cause: string; readonly do: string; readonly because: string }[];
  readonly impact: Impact;
  readonly facts: ReportedFacts;
  /** What memory adds; null where it was not asked (bundle, case). */
  readonly memory: Memory | null;
  readonly engine: string;
  readonly knowledge: string;
}

export interface ReportedCause {
  readonly id: string;
  readonly title: string;
  /** The cause as a clause, with the values that were found. */
  readonly says: string;
  readonly area: string;
  readonly verdict: Verdict;
  readonly evidence: readonly ReportedEvidence[];
  readonly against: readonly ReportedEvidence[];
  readonly effectOf: string | null;
  /** A likely cause that may lie behind this confirmed one. */
  readonly behind: string | null;
  readonly onset: string | null;
  /** The values that make two incidents the same. */
  readonly fingerprint: Readonly<Record<string, string | number | boolean>>;
  readonly bound: Readonly<Record<string, string | number | boolean>>;
  /** Who answers for it, and where it is written what to do: of the cause's file or of the config. */
  readonly owner: string | null;
  /** https only. */
  readonly runbook: string | null;
}

export interface ReportedCourse {
  /** lasting: it stays until somebody acts; over: the node is Ready again. */
  readonly is: "passing" | "lasting" | "over" | "not-known";
  /** One clause. */
  readonly because: string;
}

export interface ReportedEvidence {
  readonly rule: string;
  readonly weight: string;
  readonly says: string;
  readonly source: string;
  readonly line: string | null;
  readonly at: string | null;
  /** How many lines or facts there were in all. */
  readonly count: number;
}

export interface ChainLink {
  readonly from: string;
  readonly to: string;
  readonly says: string;
}

export interface TimelineEntry {
  readonly at: string;
  readonly source: string;
  readonly line: string;
  /** The cause or symptom the line speaks of. */
  readonly cause: string;
  /** What the line says, in words. */
  readonly says: string;
}

export interface ReportedSymptom {
  readonly id: string;
  readonly says: string;
  readonly at: string | null;
}

export interface MissingSource {
  readonly source: string;
  readonly reason: UnavailableReason;
  readonly detail: string;
  /** Causes that this leaves open. */
  readonly leavesOpen: readonly string[];
  readonly grant: string | null;
}

export interface Settle {
  readonly cause: string;
  readonly argv: readonly string[];
  readonly why: string;
}

export interface FixStep {
  readonly on: string;
  readonly argv?: readonly string[];
  readonly do?: string;
}

export interface OfferedFix {
  readonly cause: string;
  readonly action: string | null;
  readonly says: string;
  readonly steps: readonly FixStep[];
  readonly risk: "none" | "low" | "medium" | "high";
  readonly verify: string;
  readonly lasting: boolean;
  /** Whether a button may be offered for it: confirmed, with an action. */
  readonly offered: boolean;
}

/** null: not known. */
export interface Impact {
  readonly pods: number | null;
  /** Pods whose controller has no other ready replica as far as was read. */
  readonly byController: readonly { readonly kind: string; readonly name: string; readonly pods: number }[] | null;
  readonly withoutController: readonly string[] | null;
  readonly localData: readonly string[] | null;
  readonly evictionStarts: string | null;
}

/** A few facts that headings and memory need. */
export interface ReportedFacts {
  readonly notReadySince: string | null;
  readonly heartbeat: string | null;
  readonly readyMessage: string | null;
  readonly fleetTotal: number | null;
  readonly fleetNotReady: number | null;
  readonly identity: Readonly<Record<string, string>>;
}

/** What memory adds: counts, each of incidents that can be looked up. */
export interface Memory {
  /** The incident this report belongs to; null: nothing is wrong, or it could not be stored. */
  readonly incident: string | null;
  /** The root the counts are of; null: none is known. */
  readonly cause: string | null;
  /** Earlier incidents of this cause on this node, and of any cause. */
  readonly onThisNode: {
    readonly count: number;
    readonly last30Days: number;
    readonly last: { readonly at: string; readonly heldDays: number | null } | null;
    readonly ofAnyCause: number;
  };
  /** What nodes with this cause share with this one. `fleetShare` from 0 to 1, null: not known. */
  readonly alike: readonly {
    readonly attribute: string;
    readonly value: string;
    readonly withCause: number;
    readonly ofCause: number;
    readonly fleetShare: number | null;
  }[];
  /** Why memory could not be asked or written; null: it could. */
  readonly problem: string | null;
}
