import type { EvidenceSet, Unavailable } from "../evidence/evidence.ts";
import type { Assessment } from "../reason/assess.ts";
import type { Reasoning } from "../reason/reason.ts";
import { fill, type Values } from "./fill.ts";
import type { MissingSource, Settle } from "./report.ts";

/** How a fact (by name) or a log stream (`log:kubelet`) is read: the probes that give it. */
export type HowToRead = (
  missing: string,
) => readonly { readonly probe: string; readonly argv: readonly string[]; readonly asks: string }[];

/** One line per source that did not answer: which, why, and which causes that leaves open. */
export function missingSources(set: EvidenceSet, reasoning: Reasoning, howToRead: HowToRead): readonly MissingSource[] {
  const lines = unansweredSources(set, openByProbe(reasoning, howToRead));
  return [...lines, ...notShown(set, reasoning)].sort((a, b) => (a.source < b.source ? -1 : 1));
}

/** The same for whatever else hangs on probes: `open` holds by probe what its answer would decide. */
export function unansweredSources(
  set: EvidenceSet,
  open: ReadonlyMap<string, readonly string[]>,
): readonly MissingSource[] {
  const groups = new Map<string, { why: Unavailable; source: string; probes: string[]; grants: Set<string> }>();
  for (const { probe, source, answer } of set.items) {
    if (answer.kind !== "unavailable" || answer.reason === "not-asked") continue;
    const key = `${source} ${answer.reason} ${answer.detail}`;
    const group = groups.get(key) ?? { why: answer, source, probes: [], grants: new Set() };
    if (answer.grant !== undefined) group.grants.add(answer.grant);
    group.probes.push(probe);
    groups.set(key, group);
  }
  const answered = new Set(set.items.filter(({ answer }) => answer.kind !== "unavailable").map(({ source }) => source));
  const onNode = probesOnNode(set);
  return [...groups.values()].map(({ why, source, probes, grants }) => ({
    // A source that answered other questions is named by the question that failed.
    source: answered.has(source as never) || probes.length === 1 ? `${source}: ${probes.join(", ")}` : source,
    reason: why.reason,
    detail: why.detail,
    leavesOpen: [
      ...new Set((source === "pod-exec" ? onNode : probes).flatMap((probe) => open.get(probe) ?? [])),
    ].sort(),
    grant: grantOf(source, why, [...grants]),
  }));
}

/** Of many commands that sudo refuses one shows how; of rules each is its own. */
function grantOf(source: string, { grant }: Unavailable, grants: readonly string[]): string | null {
  const each = source === "kubernetes" || source === "kubelet-api";
  return (each ? [...grants].sort().join(", ") : grant) || null;
}

/** What the pod would have read is what SSH did not. */
function probesOnNode({ items }: EvidenceSet): readonly string[] {
  const unread = items.filter(({ source, answer }) => source === "ssh" && answer.kind === "unavailable");
  return unread.map(({ probe }) => probe);
}

/** A case is silent about most things: one line says what that leaves open. */
function notShown(set: EvidenceSet, reasoning: Reasoning): MissingSource[] {
  if (!set.items.some(({ source }) => source === "case")) return [];
  const leavesOpen = reasoning.ranked.filter(({ verdict }) => verdict === "unknown").map(({ cause }) => cause.id);
  return [
    {
      source: "case",
      reason: "not-shown",
      detail: "what the case does not hold",
      leavesOpen: leavesOpen.sort(),
      grant: null,
    },
  ];
}

function openByProbe(reasoning: Reasoning, howToRead: HowToRead): ReadonlyMap<string, readonly string[]> {
  const open = new Map<string, string[]>();
  for (const each of reasoning.ranked) {
    if (each.verdict === "ruled-out" || each.verdict === "confirmed") continue;
    for (const { probe } of missingOf(each).flatMap(howToRead)) {
      open.set(probe, [...(open.get(probe) ?? []), each.cause.id]);
    }
  }
  return open;
}

function missingOf(each: Assessment): string[] {
  return [...new Set(each.open.flatMap(({ outcome }) => outcome.missing))];
}

const longestSettle = 12;

/**
 * What would settle the question, where it is not settled: for each likely or possible cause, then for
 * each that nobody could tell, the commands that read what its rules lack; those that settle most first.
 */
export function settleList(reasoning: Reasoning, howToRead: HowToRead, known: Values): readonly Settle[] {
  if (reasoning.verdict === "confirmed" || reasoning.verdict === "none") return [];
  const near = reasoning.ranked.filter(({ verdict }) => verdict === "likely" || verdict === "possible");
  const far = reasoning.ranked.filter(({ verdict }) => verdict === "unknown");
  const list = [...near.flatMap((each) => settleOf(each, howToRead)), ...mostSettling(far, howToRead)];
  const unique = new Map(list.map((each) => [JSON.stringify(each.argv), each] as const).reverse());
  return list
    .filter((each) => unique.get(JSON.stringify(each.argv)) === each)
    .slice(0, longestSettle)
    .map((each) => ({ ...each, argv: each.argv.map((word) => fill(word, known)), why: fill(each.why, known) }));
}

function settleOf(each: Assessment, howToRead: HowToRead): Settle[] {
  const byHand = each.cause.settle.map(({ argv, why }) => ({ cause: each.cause.id, argv, why }));
  const byProbe = missingOf(each).flatMap((name) => howToRead(name).slice(0, 1));
  return [...byHand, ...byProbe.map(({ argv, asks }) => ({ cause: each.cause.id, argv, why: asks }))];
}

function mostSettling(causes: readonly Assessment[], howToRead: HowToRead): Settle[] {
  const byCommand = new Map<string, { settle: Settle; causes: Set<string> }>();
  for (const each of causes) {
    for (const settle of settleOf(each, howToRead)) {
      const key = JSON.stringify(settle.argv);
      const entry = byCommand.get(key) ?? { settle, causes: new Set<string>() };
      entry.causes.add(each.cause.id);
      byCommand.set(key, entry);
    }
  }
  return [...byCommand.values()].sort((a, b) => b.causes.size - a.causes.size).map(({ settle }) => settle);
}
