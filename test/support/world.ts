import type { FactBase } from "../../src/facts/base.ts";
import type { FactState, FactValue } from "../../src/facts/fact.ts";
import { readLines } from "../../src/facts/lines.ts";
import { type LogStream, type Stream, streams } from "../../src/facts/log.ts";
import { compileKnowledge } from "../../src/knowledge/compile.ts";
import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import { makeMatcher } from "../../src/reason/match.ts";
import { type Reasoning, reason } from "../../src/reason/reason.ts";

/** What a test says is known; everything else is unavailable. */
export interface Given {
  readonly at?: string;
  readonly facts?: Readonly<Record<string, FactValue | null | { readonly value: FactValue; readonly since: string }>>;
  readonly logs?: Partial<Record<Stream, readonly string[]>>;
  readonly complete?: readonly Stream[];
  readonly historyBefore?: string;
}

export function factBase({ at, facts = {}, logs = {}, complete = [], historyBefore }: Given): FactBase {
  const from = { probe: "test", source: "ssh" as const, asked: ["test"], at: at ?? null };
  const states = new Map<string, FactState>();
  for (const [name, given] of Object.entries(facts)) {
    if (given === null) states.set(name, { kind: "absent", detail: "", from });
    else if (typeof given === "object" && !Array.isArray(given) && "since" in given) {
      states.set(name, { kind: "value", value: given.value, from, line: null, since: given.since });
    } else states.set(name, { kind: "value", value: given as FactValue, from, line: null, since: null });
  }
  const boundary = historyBefore === undefined ? Number.NEGATIVE_INFINITY : Date.parse(historyBefore);
  const all = new Map<Stream, LogStream>();
  for (const stream of streams) {
    const lines = readLines(stream, (logs[stream] ?? []).join("\n"), stream, 2026).map((line) => ({
      ...line,
      history: line.at !== null && line.at < boundary,
    }));
    const whole = complete.includes(stream);
    all.set(stream, { stream, lines, complete: whole, gap: whole ? null : "not read" });
  }
  return { vocabulary: new Map(), facts: states, logs: all, now: at === undefined ? null : Date.parse(at) };
}

/** Knowledge of a few YAML texts; throws on any problem so that a test never runs on broken knowledge. */
export function knowledgeOf(...files: readonly { readonly path: string; readonly text: string }[]): Knowledge {
  const { knowledge, problems } = compileKnowledge([files]);
  if (problems.length > 0) throw new Error(problems.map(({ file, message }) => `${file}: ${message}`).join("\n"));
  return knowledge;
}

/** A cause file with only what a test cares about. */
export function causeText(id: string, body: string): { readonly path: string; readonly text: string } {
  const head = `id: ${id}\ntitle: ${id}\narea: runtime\nmaturity: stable\nsays: ${id}\nwhat: ${id}\nsources: [test]\n`;
  const area = /^area: /m.test(body) ? head.replace("area: runtime\n", "") : head;
  return { path: `causes/runtime/${id}.yaml`, text: `${area}${body}` };
}

export function symptomsText(body: string): { readonly path: string; readonly text: string } {
  return { path: "symptoms.yaml", text: `symptoms:\n${body}` };
}

export function reasonOf(knowledge: Knowledge, given: Given): Reasoning {
  return reason(factBase(given), knowledge, makeMatcher(knowledge));
}
