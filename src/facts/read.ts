import { type Evidence, type EvidenceSet, sources, type Unavailable, type Window } from "../evidence/evidence.ts";
import type { FactBase } from "./base.ts";
import type { FactSource, FactSpec, FactState, FactValue } from "./fact.ts";
import { markHistory, windowMs } from "./history.ts";
import { readLines } from "./lines.ts";
import { type LogLine, type LogStream, type Stream, streams } from "./log.ts";
import type { Derivation, ReadContext, Reader, Readers, Reading } from "./reader.ts";

/** Turns evidence into facts and log streams. Pure, and the order of the evidence does not matter. */
export function readFacts(set: EvidenceSet, { readers, derivations }: Readers): FactBase {
  const byId = new Map(readers.map((reader) => [reader.id, reader]));
  const draft: Draft = { facts: new Map(), logs: new Map(), gaps: new Map(), whole: new Set() };
  for (const item of inOrder(set.items)) readItem(item, byId.get(item.probe), set, draft);
  const now = set.at === null ? newestStamp(draft) : Date.parse(set.at);
  if (now !== null) setTime(draft.facts, now);
  derive(derivations, draft.facts, now);
  return {
    vocabulary: vocabularyOf({ readers, derivations }),
    facts: draft.facts,
    logs: finishLogs(draft, now, set.window),
    now,
  };
}

/** The facts that follow from some of the evidence, for probes that are built from them. Logs are not read. */
export function knownFacts(
  items: readonly Evidence[],
  { readers, derivations }: Readers,
  node: string,
): ReadonlyMap<string, FactValue> {
  const byId = new Map(readers.map((reader) => [reader.id, reader]));
  const set: EvidenceSet = { schema: 1, node, cluster: null, at: null, year: null, items };
  const draft: Draft = { facts: new Map(), logs: new Map(), gaps: new Map(), whole: new Set() };
  for (const item of inOrder(items)) readItem(item, byId.get(item.probe), set, draft);
  derive(derivations, draft.facts, null);
  return knownValues(draft.facts);
}

interface Draft {
  readonly facts: Map<string, FactState>;
  readonly logs: Map<Stream, LogLine[]>;
  readonly gaps: Map<Stream, string>;
  /** Streams that some probe read to the end; another probe's failure then leaves no gap. */
  readonly whole: Set<Stream>;
}

/** All names any reader or derivation may set, and `time.now`. */
export function vocabularyOf({ readers, derivations }: Readers): ReadonlyMap<string, FactSpec> {
  const all = new Map<string, FactSpec>([["time.now", { type: "time", says: "When collecting began." }]]);
  for (const reader of [...readers, ...derivations]) {
    for (const [name, spec] of Object.entries(reader.provides)) all.set(name, spec);
  }
  return all;
}

function inOrder(items: readonly Evidence[]): Evidence[] {
  const key = (item: Evidence): string =>
    `${sources.indexOf(item.source)} ${item.probe} ${JSON.stringify(item.asked)} ${JSON.stringify(item.answer)}`;
  return items
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

function readItem(item: Evidence, reader: Reader | undefined, set: EvidenceSet, draft: Draft): void {
  if (!reader) {
    readUnknown(item, set, draft);
    return;
  }
  const from: FactSource = { probe: item.probe, source: item.source, asked: item.asked, at: item.at };
  const { answer } = item;
  if (answer.kind !== "unavailable" || answer.reason === "hung") readKnown(item, reader, from, set, draft);
  if (answer.kind === "unavailable") leaveOut(reader, answer, from, draft);
}

function readKnown(item: Evidence, reader: Reader, from: FactSource, set: EvidenceSet, draft: Draft): void {
  const { answer } = item;
  const context: ReadContext = {
    at: set.at,
    year: set.year,
    asked: item.asked,
    evidenceAt: item.at,
    node: set.node,
  };
  const readings = reader.read(answer, context);
  for (const [name, reading] of Object.entries(readings.facts ?? {})) setFact(draft.facts, name, reading, from);
  const partial = answer.kind !== "value" || answer.excerpt || answer.truncated;
  for (const stream of reader.streams ?? []) {
    const raw = readings.logs?.[stream];
    if (partial || raw === undefined) draft.gaps.set(stream, partial ? gapOf(item) : "nothing was read");
    else draft.whole.add(stream);
    if (raw !== undefined) addLines(draft, stream, raw, item, set);
  }
}

function gapOf(item: Evidence): string {
  if (item.answer.kind === "unavailable") return item.answer.detail;
  return item.answer.kind === "value" && item.answer.truncated ? "cut at its byte limit" : "an excerpt";
}

/** Text of a command that no probe knows: rules on any log may match it, facts come of it never. */
function readUnknown(item: Evidence, set: EvidenceSet, draft: Draft): void {
  if (item.answer.kind !== "value") return;
  addLines(draft, "other", `${item.answer.stdout}\n${item.answer.stderr}`, item, set);
}

function addLines(draft: Draft, stream: Stream, raw: string, item: Evidence, set: EvidenceSet): void {
  const where = item.source === "case" ? item.asked.join(" ") : item.probe;
  const year = set.year ?? (set.at === null ? null : new Date(set.at).getUTCFullYear());
  const read = readLines(stream, raw, where, year);
  const lines = draft.logs.get(stream) ?? [];
  if (lines.length > 0) addUnseen(lines, read);
  else draft.logs.set(stream, read);
}

/** Two probes that read one stream (dmesg and the journal's kernel lines) must not count twice. */
function addUnseen(lines: LogLine[], read: readonly LogLine[]): void {
  const seen = new Set(lines.map((line) => line.text));
  for (const line of read) if (!seen.has(line.text)) lines.push({ ...line, order: lines.length });
}

function setFact(
  facts: Map<string, FactState>,
  name: string,
  reading: Reading | FactValue | null,
  from: FactSource,
): void {
  if (facts.get(name)?.kind === "value") return;
  if (reading === null) {
    facts.set(name, { kind: "absent", detail: from.asked.join(" "), from });
    return;
  }
  const full: Reading = isReading(reading) ? reading : { value: reading };
  facts.set(name, { kind: "value", value: full.value, from, line: full.line ?? null, since: full.since ?? null });
}

function isReading(reading: Reading | FactValue): reading is Reading {
  return typeof reading === "object" && !Array.isArray(reading) && "value" in reading;
}

function leaveOut(reader: Reader, why: Unavailable, from: FactSource, draft: Draft): void {
  for (const name of Object.keys(reader.provides)) {
    if (!draft.facts.has(name)) draft.facts.set(name, { kind: "unavailable", why, from });
  }
  for (const stream of reader.streams ?? []) {
    if (!draft.logs.has(stream)) draft.gaps.set(stream, why.detail);
  }
}

/** Derivations may need each other's facts, so they run until nothing new follows. */
function derive(derivations: readonly Derivation[], facts: Map<string, FactState>, now: number | null): void {
  const at = now === null ? null : new Date(now).toISOString();
  const inOrderOfId = [...derivations].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let round = 0; round < 4; round += 1) {
    const before = facts.size;
    for (const derivation of inOrderOfId) {
      const known = knownValues(facts);
      const from: FactSource = { probe: derivation.id, source: "local", asked: derivation.needs, at };
      for (const [name, reading] of Object.entries(derivation.derive(known, { at }))) {
        setFact(facts, name, reading, from);
      }
    }
    if (facts.size === before) return;
  }
}

export function knownValues(facts: ReadonlyMap<string, FactState>): ReadonlyMap<string, FactValue> {
  const known = new Map<string, FactValue>();
  for (const [name, state] of facts) if (state.kind === "value") known.set(name, state.value);
  return known;
}

function setTime(facts: Map<string, FactState>, now: number): void {
  const at = new Date(now).toISOString();
  const from: FactSource = { probe: "time", source: "local", asked: [], at };
  facts.set("time.now", { kind: "value", value: at, from, line: null, since: null });
}

/** A case without a time is judged at the newest stamp that begins one of its lines. */
function newestStamp(draft: Draft): number | null {
  let newest: number | null = null;
  for (const lines of draft.logs.values()) {
    for (const line of lines) if (line.at !== null && (newest === null || line.at > newest)) newest = line.at;
  }
  return newest;
}

function finishLogs(draft: Draft, now: number | null, window?: Window): ReadonlyMap<Stream, LogStream> {
  const until = window === undefined ? Number.POSITIVE_INFINITY : Date.parse(window.until);
  const bounds = {
    bootedAt: time(draft.facts, "boot.at") ?? (window === undefined ? null : time(draft.facts, "journal.firstEntry")),
    journalFrom: time(draft.facts, "journal.firstEntry"),
    readySince: readySince(draft.facts),
    eventsFrom: eventsFrom(draft.facts),
    now,
  };
  const finished = new Map<Stream, LogStream>();
  for (const stream of streams) {
    // what came after the time asked about says nothing of it
    const lines = draft.logs.get(stream)?.filter(({ at }) => at === null || at <= until);
    const gap = draft.whole.has(stream) ? null : (draft.gaps.get(stream) ?? (lines ? null : "not read"));
    finished.set(stream, {
      stream,
      lines: markHistory(stream, yearsRight(lines ?? [], now), bounds),
      complete: gap === null,
      gap,
    });
  }
  return finished;
}

/** A stamp without a year that would lie in the future is last year's (a log read on 2 January). */
function yearsRight(lines: readonly LogLine[], now: number | null): readonly LogLine[] {
  if (now === null) return lines;
  const soon = now + 2 * 86_400_000;
  const tooNew = ({ at, text }: LogLine): boolean => at !== null && at > soon && !/^\s*\d{4}-/.test(text);
  if (!lines.some(tooNew)) return lines;
  return lines.map((line) => {
    if (line.at === null || !tooNew(line)) return line;
    const earlier = new Date(line.at);
    earlier.setUTCFullYear(earlier.getUTCFullYear() - 1);
    return { ...line, at: earlier.getTime() };
  });
}

function time(facts: ReadonlyMap<string, FactState>, name: string): number | null {
  const state = facts.get(name);
  const at = state?.kind === "value" && typeof state.value === "string" ? Date.parse(state.value) : Number.NaN;
  return Number.isFinite(at) ? at : null;
}

/** The API keeps events for an hour: those before this Node object, or long before its trouble, are not of it. */
function eventsFrom(facts: ReadonlyMap<string, FactState>): number | null {
  const changed = time(facts, "node.readySince");
  const bounds = [time(facts, "node.created"), changed === null ? null : changed - windowMs];
  const known = bounds.flatMap((bound) => bound ?? []);
  return known.length > 0 ? Math.max(...known) : null;
}

function readySince(facts: ReadonlyMap<string, FactState>): number | null {
  const ready = facts.get("node.ready");
  return ready?.kind === "value" && ready.value === "True" ? time(facts, "node.readySince") : null;
}
