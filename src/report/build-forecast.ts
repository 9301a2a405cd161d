import type { EvidenceSet } from "../evidence/evidence.ts";
import type { FactBase } from "../facts/base.ts";
import type { Foreseen } from "../reason/foresee.ts";
import { fill, iso, type Values } from "./fill.ts";
import { stepsOf } from "./fixes.ts";
import type { Forecast, ForecastWarning, OpenWarning, RebootOutlook } from "./forecast.ts";
import { type HowToRead, unansweredSources } from "./missing.ts";
import type { MissingSource, Report } from "./report.ts";
import { knownScalars } from "./values.ts";

export interface ForecastInput {
  readonly set: EvidenceSet;
  readonly base: FactBase;
  readonly foreseen: readonly Foreseen[];
  /** What is so now. */
  readonly report: Report;
  readonly withinMs: number;
  readonly howToRead: HowToRead;
}

/** Says as data what was foreseen. Pure. */
export function buildForecast({ set, base, foreseen, report, withinMs, howToRead }: ForecastInput): Forecast {
  const known = knownScalars(base, set.node);
  const warnings = foreseen
    .filter(({ outcome }) => outcome.truth === true)
    .map((each) => reported(each, known))
    .sort(byUrgency);
  const open = foreseen.filter(({ outcome }) => outcome.truth === null).map(openOf);
  const unavailable = unansweredSources(set, openByProbe(open, howToRead));
  const { node, cluster, at, status, engine, knowledge } = report;
  const healthy = status === null ? null : status === "Ready" && report.verdict !== "confirmed";
  return {
    schema: 1,
    node,
    cluster,
    pool: report.facts.identity.pool ?? null,
    at,
    status,
    healthy,
    reboot: rebootOutlook(warnings, open, healthy, unavailable),
    warnings,
    open,
    unavailable,
    withinSeconds: Math.round(withinMs / 1000),
    engine,
    knowledge,
  };
}

function reported({ cause, warning, outcome, by }: Foreseen, known: Values): ForecastWarning {
  const values = { ...known, ...outcome.bound };
  return {
    cause: cause.id,
    title: cause.title,
    area: cause.area,
    warning: warning.id,
    says: fill(warning.says, values),
    strikes: warning.strikes,
    sure: warning.sure,
    by: iso(by),
    why: fill(warning.why, values),
    evidence: outcome.proofs.slice(0, 4).map(({ source, line }) => ({ source, line })),
    steps: stepsOf(warning.steps, values),
    owner: cause.owner ?? null,
    runbook: cause.runbook ?? null,
  };
}

function openOf({ cause, warning, outcome }: Foreseen): OpenWarning {
  return {
    cause: cause.id,
    title: cause.title,
    warning: warning.id,
    strikes: warning.strikes,
    missing: [...new Set(outcome.missing)].sort(),
  };
}

/** A reboot starts every service anew, so what breaks at a restart breaks then too. */
const atBoot: ReadonlySet<string> = new Set(["reboot", "restart"]);

function rebootOutlook(
  warnings: readonly ForecastWarning[],
  open: readonly OpenWarning[],
  healthy: boolean | null,
  unavailable: readonly MissingSource[],
): RebootOutlook {
  const striking = warnings.filter(({ strikes }) => atBoot.has(strikes));
  const sure = striking.filter((each) => each.sure);
  if (sure.length > 0) return { comesBack: "no", because: sure.map(({ says }) => says) };
  const untold = open.filter(({ strikes }) => atBoot.has(strikes));
  const missing = [...new Set(untold.flatMap((each) => each.missing))].sort();
  const because = [
    ...(healthy === true ? [] : [healthy === false ? "it is not well now" : "whether it is well now was not read"]),
    ...striking.map(({ says }) => says),
    ...(missing.length > 0 ? [`not read: ${few(missing, unavailable)}`] : []),
  ];
  return because.length > 0 ? { comesBack: "not-known", because } : { comesBack: "yes", because: [] };
}

/** All of them are in `open`; a sentence has room for a few. */
function few(names: readonly string[], unavailable: readonly MissingSource[]): string {
  const lost = unavailable.find(({ source, leavesOpen }) => source === "ssh" && leavesOpen.length > 0);
  if (lost) return `${lost.source} (${lost.reason})`;
  return names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more facts`;
}

function openByProbe(open: readonly OpenWarning[], howToRead: HowToRead): ReadonlyMap<string, readonly string[]> {
  const byProbe = new Map<string, string[]>();
  for (const { cause, missing } of open) {
    for (const { probe } of missing.flatMap(howToRead)) byProbe.set(probe, [...(byProbe.get(probe) ?? []), cause]);
  }
  return byProbe;
}

const order = ["reboot", "restart", "date", "shortage"];

/** What is sure first, then what a reboot brings, then by date. */
function byUrgency(a: ForecastWarning, b: ForecastWarning): number {
  return (
    Number(b.sure) - Number(a.sure) ||
    order.indexOf(a.strikes) - order.indexOf(b.strikes) ||
    (sortKey(a) < sortKey(b) ? -1 : 1)
  );
}

const sortKey = ({ by, cause, warning }: ForecastWarning): string => `${by ?? "9"} ${cause} ${warning}`;
