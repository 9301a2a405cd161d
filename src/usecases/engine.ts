import type { Registry } from "../collect/registry.ts";
import type { EvidenceSet } from "../evidence/evidence.ts";
import type { FactBase } from "../facts/base.ts";
import { readFacts } from "../facts/read.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { foresee } from "../reason/foresee.ts";
import { makeMatcher } from "../reason/match.ts";
import { type Reasoning, reason } from "../reason/reason.ts";
import { buildReport } from "../report/build.ts";
import { buildForecast } from "../report/build-forecast.ts";
import type { Forecast } from "../report/forecast.ts";
import type { HowToRead } from "../report/missing.ts";
import type { Report } from "../report/report.ts";

/** What turns evidence into a report: the readers, the knowledge, and the version that did it. */
export interface Engine {
  readonly registry: Registry;
  readonly knowledge: Knowledge;
  readonly judge: (set: EvidenceSet) => Judged;
  /** What will break, `withinMs` ahead for what has a date. */
  readonly foresee: (set: EvidenceSet, withinMs: number) => Forecast;
}

export interface Judged {
  readonly base: FactBase;
  readonly reasoning: Reasoning;
  readonly report: Report;
}

/** Made once per knowledge; judging is then a pure function of the evidence. */
export function makeEngine(registry: Registry, knowledge: Knowledge, version: string): Engine {
  const match = makeMatcher(knowledge);
  const how = howToRead(registry);
  const conclude = (set: EvidenceSet, base: FactBase, reasoning: Reasoning): Report =>
    buildReport({ set, base, reasoning, knowledge, engine: version, howToRead: how });
  return {
    registry,
    knowledge,
    judge: (set) => {
      const base = readFacts(set, registry);
      const reasoning = reason(base, knowledge, match);
      return { base, reasoning, report: conclude(set, base, reasoning) };
    },
    foresee: (set, withinMs) => {
      const base = readFacts(set, registry);
      const hits = match(base.logs);
      const reasoning = reason(base, knowledge, () => hits);
      const foreseen = foresee(knowledge.causes.values(), { base, hits, symptoms: reasoning.symptoms }, withinMs);
      return buildForecast({
        set,
        base,
        foreseen,
        report: conclude(set, base, reasoning),
        withinMs,
        howToRead: throughDerived(how, registry),
      });
    },
  };
}

/** A derived fact is read by reading what it is computed from. */
function throughDerived(how: HowToRead, { derivations }: Registry): HowToRead {
  const read = (missing: string, deep: number): ReturnType<HowToRead> => {
    const own = how(missing);
    if (own.length > 0 || deep === 0) return own;
    const from = derivations.filter(({ provides }) => missing in provides).flatMap(({ needs }) => needs);
    return from.flatMap((name) => read(name, deep - 1));
  };
  return (missing) => read(missing, 3);
}

function howToRead({ probes }: Registry): HowToRead {
  const byName = new Map<string, { probe: string; argv: readonly string[]; asks: string }[]>();
  for (const probe of [...probes].sort(otherWaysLast)) {
    const entry = { probe: probe.id, argv: commandOf(probe), asks: probe.asks };
    const names = [...Object.keys(probe.provides), ...(probe.streams ?? []).map((stream) => `log:${stream}`)];
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  return (missing) => byName.get(missing) ?? [];
}

/** What the node itself answers is what a person would type. */
function otherWaysLast(one: Registry["probes"][number], other: Registry["probes"][number]): number {
  const ways = ["kubelet-api", "cloud", "metrics", "logs"];
  return Number(ways.includes(one.via.source)) - Number(ways.includes(other.via.source));
}

/** What a person would type for the same answer. */
function commandOf({ via, byHand }: Registry["probes"][number]): readonly string[] {
  if (byHand) return byHand;
  if (via.source === "kubernetes") return ["kubectl", "get", "--raw", via.path({ node: "NODE" })];
  if (via.source === "kubelet-api") return ["kubectl", "get", "--raw", `/api/v1/nodes/NODE/proxy${via.path}`];
  if (via.source === "pod-exec") return ["kubectl", "exec", "-n", "NAMESPACE", "POD", "--", "true"];
  if (via.source === "cloud" || via.source === "metrics" || via.source === "logs") return [];
  if (via.source === "local") return ["nc", "-vz", "NODE", String(via.reach.port)];
  return typeof via.argv === "function" ? (via.argv(new Map()) ?? []) : via.argv;
}
