/** How an incident begins, grows and ends: pure steps from one state to the next. */
import { type Identity, type Incident, keptReports, type ReportSummary } from "./incident.ts";

/** A larger report is remembered by its size only, so that no incident outgrows what a store takes. */
const maxReportBytes = 256 * 1024;

export interface Opening {
  readonly id: string;
  readonly openedAt: string;
}

export function opened({ id, openedAt }: Opening, summary: ReportSummary, now: Date): Incident {
  return {
    _id: id,
    cluster: summary.cluster,
    node: summary.node,
    identity: summary.identity,
    openedAt,
    closedAt: null,
    status: "open",
    roots: summary.roots,
    verdict: summary.verdict,
    fingerprints: summary.fingerprints,
    reports: [reportLine(summary, now)],
    lastReport: bounded(summary.report),
    bundle: summary.bundle,
    feedback: [],
    revision: 0,
  };
}

/** The incident after one more report; one that finds nothing wrong closes it, and what was found stays. */
export function withReport(incident: Incident, summary: ReportSummary, now: Date): Incident {
  const reports = [...incident.reports, reportLine(summary, now)].slice(-keptReports);
  if (summary.verdict === "none") return { ...incident, reports, status: "closed", closedAt: now.toISOString() };
  return {
    ...incident,
    ...findings(incident, summary),
    identity: completed(incident.identity, summary.identity),
    reports,
    lastReport: bounded(summary.report),
    bundle: summary.bundle ?? incident.bundle,
  };
}

function reportLine({ verdict, roots, askedBy }: ReportSummary, now: Date): Incident["reports"][number] {
  return { at: now.toISOString(), verdict, roots, askedBy };
}

type Findings = Pick<Incident, "verdict" | "roots" | "fingerprints">;

/**
 * A confirmed cause is never forgotten within its incident: "X is fixed; now Y stands in the way" had both. Below that a
 * newer guess replaces the older one, but a report that could read nothing does not.
 */
function findings(before: Findings, now: Findings): Findings {
  if (before.verdict === "confirmed" && now.verdict !== "confirmed") return pick(before);
  if (before.verdict === "confirmed") {
    return {
      verdict: "confirmed",
      roots: union(before.roots, now.roots),
      fingerprints: union(before.fingerprints, now.fingerprints),
    };
  }
  return now.roots.length > 0 || before.roots.length === 0 ? pick(now) : pick(before);
}

const pick = ({ verdict, roots, fingerprints }: Findings): Findings => ({ verdict, roots, fingerprints });
const union = (before: readonly string[], now: readonly string[]): readonly string[] => [
  ...new Set([...before, ...now]),
];

function completed(first: Identity, later: Identity): Identity {
  return {
    bootId: first.bootId ?? later.bootId,
    image: first.image ?? later.image,
    kernel: first.kernel ?? later.kernel,
    kubelet: first.kubelet ?? later.kubelet,
    runtime: first.runtime ?? later.runtime,
    zone: first.zone ?? later.zone,
    pool: first.pool ?? later.pool,
    instanceType: first.instanceType ?? later.instanceType,
    nodeUid: first.nodeUid ?? later.nodeUid,
  };
}

function bounded(report: ReportSummary["report"]): Incident["lastReport"] {
  const bytes = new TextEncoder().encode(JSON.stringify(report)).length;
  return bytes <= maxReportBytes ? report : { omitted: `larger than ${maxReportBytes} bytes`, bytes };
}
