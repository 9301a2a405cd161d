import type { EvidenceSet } from "../evidence/evidence.ts";
import { type FactBase, textOf } from "../facts/base.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Assessment, Finding } from "../reason/assess.ts";
import type { Proof } from "../reason/outcome.ts";
import type { Reasoning } from "../reason/reason.ts";
import { chainOf } from "./chain.ts";
import { changesBefore } from "./changes.ts";
import { courseOf } from "./course.ts";
import { fill, iso, type Values } from "./fill.ts";
import { fixesOf } from "./fixes.ts";
import { impactOf } from "./impact.ts";
import { type HowToRead, missingSources, settleList } from "./missing.ts";
import { noShell } from "./no-shell.ts";
import type { Report, ReportedCause, ReportedEvidence, ReportedFacts, ReportedSymptom } from "./report.ts";
import { timelineOf } from "./timeline.ts";
import { knownScalars } from "./values.ts";

export interface ReportInput {
  readonly set: EvidenceSet;
  readonly base: FactBase;
  readonly reasoning: Reasoning;
  readonly knowledge: Knowledge;
  /** The engine's version. */
  readonly engine: string;
  /** How a missing fact or log stream is read by hand. */
  readonly howToRead: HowToRead;
}

/** Says as data what reasoning came to. Pure; memory is added by the use case that has a store. */
export function buildReport(input: ReportInput): Report {
  const { set, base, reasoning, knowledge } = input;
  const at = set.at ?? iso(base.now);
  const known = knownScalars(base, set.node);
  const status = statusOf(base);
  return {
    schema: 1,
    node: set.node,
    cluster: set.cluster,
    at,
    ...(set.window ? { window: set.window } : {}),
    status,
    verdict: reasoning.verdict,
    roots: reasoning.verdict === "none" ? ["none"] : reasoning.roots.map(({ cause }) => cause.id),
    causes: reasoning.ranked.map((each) => reportCause(each, reasoning, known)),
    chain: chainOf(reasoning, knowledge, known),
    timeline: timelineOf(reasoning, knowledge, known, changesBefore(base, reasoning)),
    symptoms: symptomsOf(reasoning, knowledge, known),
    course: courseOf(reasoning, status, known),
    unexplained: reasoning.unexplained,
    alarms: reasoning.alarms
      .filter(({ excuse }) => excuse === null)
      .slice(0, 20)
      .map(({ line }) => ({ source: line.where, line: line.text, at: iso(line.at) })),
    unavailable: [...noShell(base), ...missingSources(set, reasoning, input.howToRead)],
    settle: settleList(reasoning, input.howToRead, known),
    fixes: fixesOf(reasoning, known),
    avoid: reasoning.roots.flatMap(({ cause, bound }) =>
      cause.never.map((each) => ({
        cause: cause.id,
        do: fill(each.do, { ...known, ...bound }),
        because: fill(each.because, { ...known, ...bound }),
      })),
    ),
    impact: impactOf(base),
    facts: headFacts(base),
    memory: null,
    engine: input.engine,
    knowledge: knowledge.digest,
  };
}

function statusOf(base: FactBase): Report["status"] {
  if (base.facts.get("node.exists")?.kind === "value" && base.facts.get("node.ready")?.kind !== "value")
    return "Missing";
  const ready = textOf(base, "node.ready");
  if (ready === null) return null;
  return ready === "True" ? "Ready" : ready === "False" ? "NotReady" : "Unknown";
}

function reportCause(each: Assessment, reasoning: Reasoning, known: Values): ReportedCause {
  const { cause, bound } = each;
  return {
    id: cause.id,
    title: cause.title,
    says: fill(cause.says, { ...known, ...bound }),
    area: cause.area,
    verdict: each.verdict,
    evidence: each.for.map((finding) => reportEvidence(finding, known)),
    against: each.against.map((finding) => reportEvidence(finding, known)),
    effectOf: reasoning.effects.of.get(cause.id) ?? null,
    behind: reasoning.effects.behind.get(cause.id) ?? null,
    onset: iso(each.onset),
    fingerprint: Object.fromEntries(
      cause.fingerprint.flatMap((name) => (name in bound ? [[name, bound[name] ?? ""]] : [])),
    ),
    bound,
    owner: cause.owner ?? null,
    runbook: cause.runbook ?? null,
  };
}

function reportEvidence({ rule, outcome }: Finding, known: Values): ReportedEvidence {
  const shown: Proof | undefined = outcome.proofs[0];
  return {
    rule: rule.id,
    weight: outcome.history ? `${rule.weight} (history)` : rule.weight,
    says: fill(rule.says, { ...known, ...outcome.bound }),
    source: shown?.source ?? "",
    line: shown?.line ?? null,
    at: iso(shown?.at ?? null),
    // How often the line that is shown was seen where it was seen; facts are not counted.
    count: shown?.log ? outcome.proofs.filter(({ log, source }) => log !== null && source === shown.source).length : 1,
  };
}

function symptomsOf(reasoning: Reasoning, knowledge: Knowledge, known: Values): readonly ReportedSymptom[] {
  return [...reasoning.symptoms]
    .filter(([, { history }]) => !history)
    .map(([id, { proofs, bound }]) => {
      const stamps = proofs.flatMap(({ at }) => (at === null ? [] : [at]));
      const says = fill(knowledge.symptoms.get(id)?.says ?? id, { ...known, ...bound });
      return { id, says, at: iso(stamps.length > 0 ? Math.min(...stamps) : null) };
    });
}

const identityFacts: Readonly<Record<string, string>> = {
  bootId: "node.bootID",
  nodeUid: "node.uid",
  image: "node.image",
  kernel: "node.kernel",
  kubelet: "node.kubeletVersion",
  runtime: "node.runtimeVersion",
  zone: "node.zone",
  pool: "node.pool",
  instanceType: "node.instanceType",
};

function headFacts(base: FactBase): ReportedFacts {
  const number = (name: string): number | null => {
    const state = base.facts.get(name);
    return state?.kind === "value" && typeof state.value === "number" ? state.value : null;
  };
  const identity = Object.entries(identityFacts).flatMap(([key, name]) => {
    const found = textOf(base, name);
    return found === null || found === "" ? [] : [[key, found] as const];
  });
  return {
    notReadySince: textOf(base, "node.ready") === "True" ? null : textOf(base, "node.readySince"),
    heartbeat: textOf(base, "node.heartbeat"),
    readyMessage: textOf(base, "node.readyMessage"),
    fleetTotal: number("fleet.total"),
    fleetNotReady: number("fleet.notReady"),
    identity: Object.fromEntries(identity),
  };
}
