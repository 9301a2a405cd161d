import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Reasoning } from "../reason/reason.ts";
import { fill, type Values } from "./fill.ts";
import type { ChainLink } from "./report.ts";

/**
 * How each root leads to what people see. Causes between that nothing speaks for are left out, so
 * that each link joins two things that were observed; of A > C and A > B > C only the longer is shown.
 */
export function chainOf(reasoning: Reasoning, knowledge: Knowledge, known: Values): readonly ChainLink[] {
  const observed = observedThings(reasoning, knowledge, known);
  const links = new Map<string, ChainLink>();
  const visited = new Set<string>();
  const visit = (from: string): void => {
    if (visited.has(from)) return;
    visited.add(from);
    for (const { to, says } of nextObserved(from, observed, knowledge)) {
      links.set(`${from} ${to}`, { from, to, says });
      visit(to);
    }
  };
  for (const { cause } of reasoning.roots) if (explains(cause.id, reasoning)) visit(cause.id);
  return withoutShortcuts([...links.values()]);
}

function explains(root: string, reasoning: Reasoning): boolean {
  return (reasoning.ways.get(root)?.size ?? 0) > 0;
}

type Observed = ReadonlyMap<string, string>;

/** Causes with a verdict worth a word, and the symptoms of now; what each says. */
function observedThings(reasoning: Reasoning, knowledge: Knowledge, known: Values): Observed {
  const observed = new Map<string, string>();
  for (const { cause, verdict, bound } of reasoning.ranked) {
    if (verdict === "confirmed" || verdict === "likely")
      observed.set(cause.id, fill(cause.says, { ...known, ...bound }));
  }
  for (const [id, { bound, history }] of reasoning.symptoms) {
    if (!history) observed.set(id, fill(knowledge.symptoms.get(id)?.says ?? id, { ...known, ...bound }));
  }
  return observed;
}

/** The nearest observed things below, over causes that nothing speaks of. */
function nextObserved(from: string, observed: Observed, knowledge: Knowledge): { to: string; says: string }[] {
  const found = new Map<string, string>();
  const seen = new Set([from]);
  let level = [from];
  while (level.length > 0) {
    const next: string[] = [];
    for (const edge of level.flatMap((id) => knowledge.edges.get(id) ?? [])) {
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      const says = observed.get(edge.to);
      if (says === undefined) next.push(edge.to);
      else found.set(edge.to, edge.says ?? says);
    }
    level = next;
  }
  return [...found].map(([to, says]) => ({ to, says }));
}

function withoutShortcuts(links: readonly ChainLink[]): ChainLink[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of links) next.set(from, [...(next.get(from) ?? []), to]);
  const leads = (from: string, to: string, depth = 0): boolean =>
    depth < 8 && (next.get(from) ?? []).some((each) => each === to || leads(each, to, depth + 1));
  return links.filter(
    ({ from, to }) => !(next.get(from) ?? []).some((between) => between !== to && leads(between, to)),
  );
}
