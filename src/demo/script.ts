import type { Report } from "../report/report.ts";
import type { Expectation } from "./practice/recording.ts";

/** One thing that somebody in the channel does. */
export type Step = Typed | Pressed;

export interface Typed {
  readonly kind: "types";
  readonly user: "ana" | "bo";
  /** Behind the slash command: `why practice-3`. */
  readonly text: string;
  /** What the report has to say, where one is expected. */
  readonly expect?: Expectation;
}

/** Presses Fix… on the newest answer about this node and confirms. */
export interface Pressed {
  readonly kind: "fixes";
  readonly user: "ana" | "bo";
  readonly node: string;
}

interface Asked {
  readonly name: string;
  readonly expect: Expectation;
}

/**
 * The walk through the practice cluster: what is down, a name that does not exist, every recorded node, the first
 * broken one again, and what is remembered of it; then one is fixed.
 * @param mends whether a confirmed fix mends this node
 * @param week of which the digest is asked for, as `2026-W47`
 */
export function walk(nodes: readonly Asked[], mends: (node: Asked) => boolean, week: string): readonly Step[] {
  const broken = nodes.filter(({ expect }) => expect.roots[0] !== "none");
  const [first] = broken;
  const again: readonly Step[] = first
    ? [
        { kind: "types", user: "bo", text: `why ${first.name}`, expect: first.expect },
        { kind: "types", user: "bo", text: `history ${first.name}` },
      ]
    : [];
  return [
    { kind: "types", user: "ana", text: "list" },
    { kind: "types", user: "ana", text: `why ${misspelt(first?.name ?? "practice-1")}` },
    ...nodes.map(({ name, expect }, at): Step => {
      return { kind: "types", user: at % 3 === 2 ? "bo" : "ana", text: `why ${name}`, expect };
    }),
    ...again,
    ...fixing(nodes.findLast(mends)),
    { kind: "types", user: "bo", text: `digest ${week}` },
  ];
}

const well: Expectation = { roots: ["none"], alsoRight: [], verdict: "none", status: "Ready" };

function fixing(node: Asked | undefined): readonly Step[] {
  if (node === undefined) return [];
  const { name } = node;
  return [
    { kind: "fixes", user: "ana", node: name },
    { kind: "types", user: "ana", text: `why ${name}`, expect: well },
    { kind: "types", user: "ana", text: `history ${name}` },
  ];
}

/** A name one slip away from a real one. */
function misspelt(name: string): string {
  return name.replace(/c(?=[^c]*$)/, "s");
}

/** How a report differs from what the recorded fault is known to be; null: it does not. */
export function difference(expect: Expectation, report: Report | undefined): string | null {
  if (report === undefined) return "there was no report";
  const [first] = report.roots;
  const same = report.roots.join() === expect.roots.join();
  const asRight = first !== undefined && expect.alsoRight.includes(first);
  const wrong = [
    same || asRight ? "" : `named ${report.roots.join(", ") || "no root"}, expected ${expect.roots.join(", ")}`,
    expect.verdict === undefined || expect.verdict === report.verdict
      ? ""
      : `said ${report.verdict}, expected ${expect.verdict}`,
    expect.status === undefined || expect.status === report.status
      ? ""
      : `status ${report.status}, expected ${expect.status}`,
  ].filter((part) => part !== "");
  return wrong.length === 0 ? null : wrong.join("; ");
}
