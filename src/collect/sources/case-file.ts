import { z } from "zod";
import { type Evidence, type EvidenceSet, value } from "../../evidence/evidence.ts";
import { redact } from "../../evidence/redact.ts";
import type { Reader } from "../../facts/reader.ts";
import { commandParts, isExcerpt, wordsOf } from "./command-text.ts";

/**
 * A case: partial evidence as people paste it. Only `evidence`, `at` and `year` are read; whatever
 * else the file says (its id, its summary, the answer) must not change the report.
 */
const lines = z.union([z.array(z.coerce.string()), z.string().transform((text) => text.split("\n"))]).nullish();
const caseSchema = z.object({
  at: z.coerce.string().nullish(),
  year: z.number().int().min(1990).max(2100).nullish(),
  evidence: z.object({
    conditions: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).nullish(),
    events: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).nullish(),
    kubelet_journal: lines,
    runtime_journal: lines,
    kernel_log: lines,
    commands: z.record(z.string(), z.coerce.string()).nullish(),
    versions: z.record(z.string(), z.coerce.string()).nullish(),
  }),
});
export type CaseFile = z.infer<typeof caseSchema>;
export { caseSchema };

/** Turns a case into evidence. What it does not show is unavailable, never absent. */
export function evidenceOfCase(file: CaseFile, readers: readonly Reader[]): EvidenceSet {
  const at = isoOrNull(file.at);
  const items: Evidence[] = [];
  const add = (probe: string, asked: readonly string[], stdout: string, excerpt = true): void => {
    items.push({
      probe,
      source: "case",
      asked,
      at,
      tookMs: 0,
      answer: value(redact(stdout), { excerpt, exitCode: exitOf(stdout) }),
    });
  };
  const { evidence } = file;
  addLog(add, "kubelet-journal", evidence.kubelet_journal);
  addLog(add, "runtime-journal", evidence.runtime_journal);
  addLog(add, "kernel-log", evidence.kernel_log);
  if (evidence.events?.length) add("case-events", ["events"], evidence.events.map(eventText).join("\n"));
  const written = (evidence.conditions ?? []).filter((each) => typeof each === "string");
  const listed = (evidence.conditions ?? []).filter((each) => typeof each !== "string");
  if (written.length > 0) add("text", ["conditions"], written.join("\n"));
  if (listed.length > 0) add("node-conditions", ["conditions"], JSON.stringify(listed));
  if (evidence.versions && Object.keys(evidence.versions).length > 0) {
    add("case-versions", ["versions"], JSON.stringify(evidence.versions), false);
  }
  for (const [command, output] of Object.entries(evidence.commands ?? {})) {
    if (/\bafter (?:the )?fix\b/i.test(command)) continue;
    addCommand(add, command, output, readers);
  }
  return { schema: 1, node: null, cluster: null, at, year: file.year ?? null, items };
}

type Add = (probe: string, asked: readonly string[], stdout: string, excerpt?: boolean) => void;

function addLog(add: Add, probe: string, log: readonly string[] | null | undefined): void {
  if (log?.length) add(probe, [probe], log.join("\n"));
}

/** A known command is read to facts; an excerpt and an unknown command are text that log rules may match. */
function addCommand(add: Add, command: string, output: string, readers: readonly Reader[]): void {
  const known = new Set<string>();
  if (!isExcerpt(command)) {
    for (const part of commandParts(command)) {
      for (const reader of readers) {
        if (reader.recognises?.(wordsOf(part), part)) known.add(reader.id);
      }
    }
  }
  const logReaders = new Set(readers.filter(({ streams }) => streams?.length).map(({ id }) => id));
  // A pasted log is never known to be whole: what it does not show may still have been there.
  for (const probe of known) add(probe, [command], output, logReaders.has(probe));
  const isLog = [...known].some((probe) => logReaders.has(probe));
  if (!isLog) add("text", [command], output);
}

function exitOf(stdout: string): number {
  return Number(/^\[exit (\d+)\]\s*$/m.exec(stdout)?.[1] ?? 0);
}

function eventText(event: string | Record<string, unknown>): string {
  return typeof event === "string" ? event : Object.values(event).map(String).join(" ");
}

function isoOrNull(at: string | null | undefined): string | null {
  const parsed = at ? Date.parse(at) : Number.NaN;
  return Number.isFinite(parsed) ? new Date(parsed).toISOString() : null;
}
