import type { Strikes } from "../knowledge/schema.ts";
import type { FixStep, MissingSource, Report } from "./report.ts";

/**
 * What will break of a node that is well now, and whether it would come back from a reboot. As with the
 * report, fields are added, never renamed or taken away, within one `schema`. Times are ISO 8601 in UTC.
 */
export interface Forecast {
  readonly schema: 1;
  readonly node: string | null;
  readonly cluster: string | null;
  readonly pool: string | null;
  readonly at: string | null;
  readonly status: Report["status"];
  /** false: something is wrong already: ask why; null: not known. */
  readonly healthy: boolean | null;
  readonly reboot: RebootOutlook;
  readonly warnings: readonly ForecastWarning[];
  /** Warnings that nobody could tell, with what would have to be read. */
  readonly open: readonly OpenWarning[];
  readonly unavailable: readonly MissingSource[];
  /** How far ahead was looked for what has a date. */
  readonly withinSeconds: number;
  readonly engine: string;
  readonly knowledge: string;
}

/** Would it come back from a reboot? */
export interface RebootOutlook {
  readonly comesBack: "yes" | "no" | "not-known";
  /** Why not, or why it is not known; empty for yes. */
  readonly because: readonly string[];
}

export interface ForecastWarning {
  readonly cause: string;
  readonly title: string;
  readonly area: string;
  readonly warning: string;
  readonly says: string;
  readonly strikes: Strikes;
  /** false: it may also go well. */
  readonly sure: boolean;
  /** When it breaks; null: at no known time. */
  readonly by: string | null;
  readonly why: string;
  readonly evidence: readonly { readonly source: string; readonly line: string | null }[];
  readonly steps: readonly FixStep[];
  readonly owner: string | null;
  readonly runbook: string | null;
}

export interface OpenWarning {
  readonly cause: string;
  readonly title: string;
  readonly warning: string;
  readonly strikes: Strikes;
  /** Facts and log streams that would decide. */
  readonly missing: readonly string[];
}
