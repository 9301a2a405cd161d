import type { Registry } from "../collect/registry.ts";
import type { EvidenceSet } from "../evidence/evidence.ts";
import type { FactBase } from "../facts/base.ts";
import { readFacts } from "../facts/read.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { makeMatcher } from "../reason/match.ts";
import { type Reasoning, reason } from "../reason/reason.ts";
import { buildReport } from "../report/build.ts";
import type { HowToRead } from "../report/missing.ts";
import type { Report } from "../report/report.ts";

/** What turns evidence into a report: the readers, the knowledge, and the version that did it. */
export interface Engine {
  readonly registry: Registry;
  readonly knowledge: Knowledge;
  readonly judge: (set: EvidenceSet) => Judged;
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
  return {
    registry,
    knowledge,
    judge: (set) => {
      const base = readFacts(set, registry);
      const reasoning = reason(base, knowledge, match);
      return {
        base,
        reasoning,
        report: buildReport({ set, base, reasoning, knowledge, engine: version, howToRead: how }),
      };
    },
  };
}

function howToRead({ probes }: Registry): HowToRead {
  const byName = new Map<string, { probe: string; argv: readonly string[]; asks: string }[]>();
  for (const probe of probes) {
    const entry = { probe: probe.id, argv: commandOf(probe), asks: probe.asks };
    const names = [...Object.keys(probe.provides), ...(probe.streams ?? []).map((stream) => `log:${stream}`)];
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  return (missing) => byName.get(missing) ?? [];
}

/** What a person would type for the same answer. */
function commandOf({ via, byHand }: Registry["probes"][number]): readonly string[] {
  if (byHand) return byHand;
  if (via.source === "kubernetes") return ["kubectl", "get", "--raw", via.path({ node: "NODE" })];
  if (via.source === "local") return ["nc", "-vz", "NODE", String(via.reach.port)];
  return typeof via.argv === "function" ? (via.argv(new Map()) ?? []) : via.argv;
}
