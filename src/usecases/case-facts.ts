import type { FactBase } from "../facts/base.ts";
import type { FactState } from "../facts/fact.ts";
import { markHistory } from "../facts/history.ts";
import { readLines } from "../facts/lines.ts";
import { type LogStream, type Stream, streams } from "../facts/log.ts";
import type { KnowledgeCase } from "../knowledge/schema.ts";

/** What a case in a cause's file shows, of a rule or of a warning. */
export type ShownCase = Omit<KnowledgeCase, "expect">;

/** The facts and lines of a case in a cause file; what it does not list is unavailable. */
export function factsOfCase(each: ShownCase): FactBase {
  const now = each.at === undefined ? null : Date.parse(each.at);
  const from = { probe: "case", source: "case" as const, asked: ["case"], at: each.at ?? null };
  const facts = new Map<string, FactState>();
  for (const [name, value] of Object.entries(each.facts)) {
    if (value === null) facts.set(name, { kind: "absent", detail: "", from });
    else facts.set(name, { kind: "value", value: value as never, from, line: null, since: sinceOf(name, each) });
  }
  if (each.at !== undefined) facts.set("time.now", { kind: "value", value: each.at, from, line: null, since: null });
  const year = now === null ? null : new Date(now).getUTCFullYear();
  const logs = new Map<Stream, LogStream>();
  for (const stream of streams) {
    const lines = readLines(stream, (each.logs[stream] ?? []).join("\n"), stream, year);
    const complete = each.complete.includes(stream);
    const bounds = {
      bootedAt: timeIn(each, "boot.at"),
      journalFrom: timeIn(each, "journal.firstEntry"),
      readySince: null,
      eventsFrom: null,
      now,
    };
    logs.set(stream, {
      stream,
      lines: markHistory(stream, lines, bounds),
      complete,
      gap: complete ? null : "not read",
    });
  }
  return { vocabulary: new Map(), facts, logs, now };
}

function timeIn(each: ShownCase, name: string): number | null {
  const at = Date.parse(String(each.facts[name] ?? ""));
  return Number.isFinite(at) ? at : null;
}

/** A fact that is itself a time holds since that time where it says an end or a start. */
function sinceOf(name: string, each: ShownCase): string | null {
  const value = each.facts[name];
  return typeof value === "string" && /(?:Since|notAfter)$/.test(name) ? value : null;
}
