import type { KnowledgeCase } from "../knowledge/schema.ts";
import { makeMatcher } from "../reason/match.ts";
import { reason } from "../reason/reason.ts";
import { factsOfCase } from "./case-facts.ts";
import type { Engine } from "./engine.ts";

/** Cases of one cause in which another stands first. */
export interface StolenCases {
  readonly cause: string;
  /** The first root; null: there is none. */
  readonly root: string | null;
  readonly cases: readonly string[];
}

/** Which cause stands first in whose cases. */
export interface Matrix {
  /** Cases in which their cause must be confirmed or likely. */
  readonly cases: number;
  /** Of these, the ones in which it is the first root. */
  readonly own: number;
  /** The others, by cause and root. */
  readonly stolen: readonly StolenCases[];
}

/** Asks the whole knowledge about every case of every cause that must be confirmed or likely there. */
export function confusionMatrix({ knowledge }: Pick<Engine, "knowledge">): Matrix {
  const match = makeMatcher(knowledge);
  const asked = [...knowledge.causes.values()].flatMap(({ id, cases }) =>
    cases.filter(mustFire).map((each) => ({ cause: id, name: each.name, base: factsOfCase(each) })),
  );
  const stolen = new Map<string, { cause: string; root: string | null; cases: string[] }>();
  for (const { cause, name, base } of asked) {
    const root = reason(base, knowledge, match).roots[0]?.cause.id ?? null;
    if (root === cause) continue;
    const entry = stolen.get(`${cause} ${root}`) ?? { cause, root, cases: [] };
    entry.cases.push(name);
    stolen.set(`${cause} ${root}`, entry);
  }
  const entries = [...stolen.values()];
  const lost = entries.reduce((sum, { cases }) => sum + cases.length, 0);
  return { cases: asked.length, own: asked.length - lost, stolen: entries };
}

function mustFire({ expect }: KnowledgeCase): boolean {
  return [expect.verdict].flat().every((verdict) => verdict === "confirmed" || verdict === "likely");
}

/** One pair after the other, as a formatter leaves it, so that a review shows which is new and which is gone. */
export function matrixText({ cases, own, stolen }: Matrix): string {
  const entries = stolen.map(({ cause, root, cases: names }) =>
    [
      "    {",
      `      "cause": ${JSON.stringify(cause)},`,
      `      "root": ${JSON.stringify(root)},`,
      `      "cases": ${listText(names)}`,
      "    }",
    ].join("\n"),
  );
  const list = entries.length > 0 ? `[\n${entries.join(",\n")}\n  ]` : "[]";
  return `{\n  "cases": ${cases},\n  "own": ${own},\n  "stolen": ${list}\n}\n`;
}

const lineWidth = 120;

function listText(names: readonly string[]): string {
  const line = `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
  if (`      "cases": ${line}`.length <= lineWidth) return line;
  return `[\n${names.map((name) => `        ${JSON.stringify(name)}`).join(",\n")}\n      ]`;
}
