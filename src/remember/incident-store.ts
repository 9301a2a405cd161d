import type { Incident, ReportSummary } from "./incident.ts";

/** What the product needs of memory. Every operation may reject with ExternalError or OperatorError of the store. */
export interface IncidentStore {
  readonly openFor: (cluster: string, node: string) => Promise<Incident | undefined>;
  /**
   * Opens an incident, or adds to the open one; a report with verdict `none` closes it. However many replicas record at
   * once, a node has at most one open incident. undefined: nothing is wrong and nothing was open.
   */
  readonly record: (summary: ReportSummary, now: Date) => Promise<Incident | undefined>;
  /** Newest first. */
  readonly history: (cluster: string, node: string, page: { readonly limit: number }) => Promise<readonly Incident[]>;
  /** With this root, opened at `since` or later, on any node of any cluster; newest first. */
  readonly byCause: (
    causeId: string,
    page: { readonly since: Date; readonly limit: number },
  ) => Promise<readonly Incident[]>;
  /** Opened at `from` or later and before `to`, oldest first, however many: they are read page by page. */
  readonly between: (from: Date, to: Date) => AsyncIterable<Incident>;
}
