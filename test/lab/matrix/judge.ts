import type { Report } from "../../../src/report/report.ts";
import type { Fault } from "../fault-schema.ts";

export interface Judged {
  readonly root: string;
  /** Place of the expected root among the ranked causes; null: it is not named at all. */
  readonly rank: number | null;
  readonly verdict: string;
  /** What is not as the fault's file says; empty: all is. */
  readonly wrong: readonly string[];
}

/**
 * Compares an answer with what the fault's file expects: the root first, with its verdict, and the links it must have.
 * The verdict is the root's own: on a shared host a second trouble (no processor left, another node's memory) may be
 * just as true, and the whole is then less sure than its first root. A healthy node may leave lines unexplained, as long
 * as no cause is named.
 */
export function judge(fault: Fault, report: Report): Judged {
  const right = [fault.root, ...fault.also.map(({ id }) => id)];
  const ranked = [...new Set([...report.roots, ...report.causes.map(({ id }) => id)])];
  const place = ranked.findIndex((id) => right.includes(id));
  const calm = fault.kind === "healthy" && isCalm(report);
  const rank = calm ? 1 : place === -1 ? null : place + 1;
  const verdict = calm ? fault.verdict : report.causes.find(({ id }) => id === ranked[place])?.verdict;
  const wrong = [
    ...(rank === 1 ? [] : [`named ${namedIn(report)} instead of ${fault.root}`]),
    ...(rank !== 1 || verdict === fault.verdict ? [] : [`verdict ${verdict}, not ${fault.verdict}`]),
    ...missingLinks(fault, report),
    ...forbidden(fault, report),
  ];
  return { root: report.roots.join(", "), rank, verdict: report.verdict, wrong };
}

/** No cause is named: nothing is wrong, or lines are left that nothing explains. */
export const isCalm = ({ roots }: Report): boolean => roots.every((id) => id === "none");

/** The roots; where there are none, what was seen and left unexplained. */
export function namedIn({ roots, unexplained }: Report): string {
  if (roots.length > 0) return roots.join(", ");
  return unexplained.length === 0 ? "nothing" : `nothing (unexplained: ${unexplained.join(", ")})`;
}

function missingLinks({ chain, root }: Fault, report: Report): readonly string[] {
  const links = new Set([root, ...report.chain.flatMap(({ from, to }) => [from, to])]);
  const missing = chain.filter((id) => !links.has(id));
  return missing.length === 0 ? [] : [`the chain lacks ${missing.join(", ")}`];
}

function forbidden({ never, kind }: Fault, report: Report): readonly string[] {
  const confirmed = report.causes.filter(({ verdict }) => verdict === "confirmed").map(({ id }) => id);
  const bad = kind === "healthy" ? confirmed : confirmed.filter((id) => never.includes(id));
  return bad.length === 0 ? [] : [`confirms ${bad.join(", ")}`];
}
