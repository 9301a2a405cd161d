import type { Forecast } from "./forecast.ts";
import type { Report } from "./report.ts";

/** Who answers for what, as the operator says: each part that is named has to fit. */
export interface OwnerRule {
  readonly cluster?: string | undefined;
  readonly pool?: string | undefined;
  readonly area?: string | undefined;
  readonly cause?: string | undefined;
  readonly owner?: string | undefined;
  readonly runbook?: string | undefined;
}

interface Subject {
  readonly cluster: string | null;
  readonly pool: string | null;
  readonly area: string | null;
  readonly cause: string;
}

interface Owned {
  readonly owner: string | null;
  readonly runbook: string | null;
}

/** Puts the operator's owners and runbooks into a report; what no rule names keeps what its cause's file says. */
export function withOwners(report: Report, rules: readonly OwnerRule[]): Report {
  if (rules.length === 0) return report;
  const pool = report.facts.identity.pool ?? null;
  const causes = report.causes.map((each) => ({
    ...each,
    ...ownerOf(rules, { cluster: report.cluster, pool, area: each.area, cause: each.id }, each),
  }));
  return { ...report, causes };
}

/** The same for a forecast. */
export function forecastWithOwners(forecast: Forecast, rules: readonly OwnerRule[]): Forecast {
  if (rules.length === 0) return forecast;
  const { cluster, pool } = forecast;
  const warnings = forecast.warnings.map((each) => ({
    ...each,
    ...ownerOf(rules, { cluster, pool, area: each.area, cause: each.cause }, each),
  }));
  return { ...forecast, warnings };
}

/** The rule that names most wins, of equals the later one; owner and runbook each for itself. */
function ownerOf(rules: readonly OwnerRule[], subject: Subject, otherwise: Owned): Owned {
  const fitting = rules
    .filter((rule) => parts.every((part) => rule[part] === undefined || rule[part] === subject[part]))
    .map((rule, index) => ({ rule, index, named: parts.filter((part) => rule[part] !== undefined).length }))
    .sort((a, b) => b.named - a.named || b.index - a.index)
    .map(({ rule }) => rule);
  return {
    owner: fitting.find(({ owner }) => owner !== undefined)?.owner ?? otherwise.owner,
    runbook: fitting.find(({ runbook }) => runbook !== undefined)?.runbook ?? otherwise.runbook,
  };
}

const parts = ["cluster", "pool", "area", "cause"] as const;
