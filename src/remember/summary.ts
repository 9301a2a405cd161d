import type { Report } from "../report/report.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Identity, ReportSummary } from "./incident.ts";

export interface Asked {
  /** Who or what asked: a Slack user id, `cli`, `watch`. */
  readonly by: string;
  /** Name of the saved evidence; null: none was saved. */
  readonly bundle: string | null;
}

/** undefined: the report does not say which node of which cluster it is about (a case), so nothing can be remembered. */
export function summaryOf(report: Report, asked: Asked): ReportSummary | undefined {
  const { cluster, node } = report;
  if (cluster === null || node === null) return undefined;
  const roots = report.causes.filter((cause) => report.roots.includes(cause.id));
  return {
    cluster,
    node,
    identity: identityOf(report.facts.identity),
    verdict: report.verdict,
    roots: report.verdict === "none" ? [] : report.roots,
    fingerprints: report.verdict === "none" ? [] : roots.map((root) => printOf(root.id, root.fingerprint)),
    askedBy: asked.by,
    bundle: asked.bundle,
    // What memory added to the report is memory already.
    report: { ...report, memory: null },
  };
}

const printOf = (cause: string, values: Readonly<Record<string, string | number | boolean>>): string =>
  fingerprint(cause, Object.keys(values), values);

function identityOf(facts: Readonly<Record<string, string>>): Identity {
  const read = (name: keyof Identity): string | null => facts[name]?.slice(0, 500) || null;
  return {
    bootId: read("bootId"),
    image: read("image"),
    kernel: read("kernel"),
    kubelet: read("kubelet"),
    runtime: read("runtime"),
    zone: read("zone"),
    pool: read("pool"),
    instanceType: read("instanceType"),
    nodeUid: read("nodeUid"),
  };
}
