import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Step } from "../reason/graph.ts";
import type { Reasoning } from "../reason/reason.ts";
import { fill } from "./fill.ts";
import type { ChainLink } from "./report.ts";

/**
 * How each root leads to what people see. Causes between that nothing speaks for are left out, so
 * that each link joins two things that were observed.
 */
export function chainOf(reasoning: Reasoning, knowledge: Knowledge): readonly ChainLink[] {
  const observed = new Map<string, string>();
  for (const { cause, verdict, bound } of reasoning.ranked) {
    if (["confirmed", "likely", "possible"].includes(verdict)) observed.set(cause.id, fill(cause.says, bound));
  }
  for (const [id, { bound }] of reasoning.symptoms)
    observed.set(id, fill(knowledge.symptoms.get(id)?.says ?? id, bound));
  const links = new Map<string, ChainLink>();
  for (const { cause } of reasoning.roots) {
    for (const way of reasoning.ways.get(cause.id)?.values() ?? []) {
      for (const link of observedLinks(way, observed)) links.set(`${link.from} ${link.to}`, link);
    }
  }
  return withoutShortcuts([...links.values()]);
}

function observedLinks(way: readonly Step[], observed: ReadonlyMap<string, string>): ChainLink[] {
  const links: ChainLink[] = [];
  let from = way[0]?.from ?? "";
  for (const { to, edge } of way) {
    const says = observed.get(to);
    if (says === undefined) continue;
    links.push({ from, to, says: edge.says ?? says });
    from = to;
  }
  return links;
}

/** A > C is not worth a line where A > B > C is shown. */
function withoutShortcuts(links: readonly ChainLink[]): ChainLink[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of links) next.set(from, [...(next.get(from) ?? []), to]);
  const leads = (from: string, to: string, depth = 0): boolean =>
    depth < 8 && (next.get(from) ?? []).some((each) => each === to || leads(each, to, depth + 1));
  return links.filter(
    ({ from, to }) => !(next.get(from) ?? []).some((between) => between !== to && leads(between, to)),
  );
}
