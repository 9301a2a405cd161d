import { createHash } from "node:crypto";
import { z } from "zod";
import { asList, type Cause, type Knowledge, patternsOf, type Symptom } from "./knowledge.ts";
import { type Problem, parseYaml } from "./parse.ts";
import { compilePattern, type Pattern } from "./pattern.ts";
import { type CauseFile, causeSchema, type Edge, type NoiseFile, noiseSchema, symptomsSchema } from "./schema.ts";

/** A knowledge file as it was read: its path below the folder, and its text. */
export interface KnowledgeText {
  readonly path: string;
  readonly text: string;
}

export interface Compiled {
  readonly knowledge: Knowledge;
  readonly problems: readonly Problem[];
  /** Where the parts of each cause and symptom stand, for lint. */
  readonly places: Places;
}

/** Where a part of a cause or symptom stands, by the path to it inside that cause or symptom. */
export type PlaceOf = (path: readonly PropertyKey[]) => Pick<Problem, "file" | "line">;

/** By the cause's or symptom's id. */
export interface Places {
  readonly causes: ReadonlyMap<string, PlaceOf>;
  readonly symptoms: ReadonlyMap<string, PlaceOf>;
}

/**
 * Makes knowledge of its files. Later folders override causes of earlier ones by id, so an operator's
 * own file replaces ours. With any problem the result must not be used to answer.
 */
export function compileKnowledge(folders: readonly (readonly KnowledgeText[])[]): Compiled {
  const draft: Draft = {
    problems: [],
    causes: new Map(),
    symptoms: new Map(),
    places: { causes: new Map(), symptoms: new Map() },
    noise: { alarming: [], noise: [] },
  };
  for (const files of folders) {
    const own = new Set<string>();
    for (const file of inOrder(files)) addFile(file, own, draft);
  }
  const { problems, symptoms, places, noise } = draft;
  const causes = new Map([...draft.causes].sort(([a], [b]) => (a < b ? -1 : 1)));
  const patterns = collectPatterns({ ...draft, causes });
  const edges = new Map<string, readonly Edge[]>();
  for (const [id, each] of [...causes, ...symptoms]) edges.set(id, each["leads-to"]);
  const knowledge: Knowledge = { causes, symptoms, noise, patterns, edges, digest: digestOf(folders) };
  return { knowledge, problems, places };
}

interface Draft {
  readonly problems: Problem[];
  readonly causes: Map<string, Cause>;
  readonly symptoms: Map<string, Symptom>;
  readonly places: { readonly causes: Map<string, PlaceOf>; readonly symptoms: Map<string, PlaceOf> };
  noise: NoiseFile;
}

function inOrder(files: readonly KnowledgeText[]): readonly KnowledgeText[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `own`: the ids this folder has named so far; only another folder may override. */
function addFile({ path, text }: KnowledgeText, own: Set<string>, draft: Draft): void {
  draft.problems.push(...strayCharacters(path, text));
  if (path.endsWith("symptoms.yaml")) addSymptoms(path, text, own, draft);
  else if (path.endsWith("noise.yaml")) addNoise(path, text, draft);
  else addCause(path, text, own, draft);
}

/** What no text holds: control characters, and the sign that stands for bytes that are no UTF-8. The first one only. */
function strayCharacters(file: string, text: string): readonly Problem[] {
  const at = text.search(/[^\P{Cc}\t\n\r]|\uFFFD/u);
  if (at < 0) return [];
  const line = text.slice(0, at).split("\n").length;
  const code = text.charCodeAt(at).toString(16).padStart(4, "0").toUpperCase();
  return [{ file, line, message: `holds U+${code}: a control character, or bytes that are not UTF-8` }];
}

function addSymptoms(path: string, text: string, own: Set<string>, draft: Draft): void {
  const parsed = parseYaml(path, text, symptomsSchema);
  const { problems, symptoms, places } = draft;
  problems.push(...parsed.problems);
  const placeOf = placeIn(path, text);
  (parsed.value?.symptoms ?? []).forEach((symptom, index) => {
    const at: PlaceOf = (inside) => placeOf(["symptoms", index, ...inside]);
    claim(symptom.id, at, own, problems);
    symptoms.set(symptom.id, symptom);
    places.symptoms.set(symptom.id, at);
  });
}

/** In one folder an id names one thing; only another folder may override it. */
function claim(id: string, placeOf: PlaceOf, own: Set<string>, problems: Problem[]): void {
  if (own.has(id)) problems.push({ ...placeOf(["id"]), message: `a second cause or symptom with the id ${id}` });
  own.add(id);
}

/** Reads the text again when somebody asks: a parsed file takes far more memory than its text, and few are asked for. */
function placeIn(file: string, text: string): PlaceOf {
  return (path) => ({ file, line: parseYaml(file, text, z.unknown()).lineOf(path) });
}

function addNoise(path: string, text: string, draft: Draft): void {
  const parsed = parseYaml(path, text, noiseSchema);
  draft.problems.push(...parsed.problems);
  const { alarming, noise } = draft.noise;
  draft.noise = {
    alarming: [...alarming, ...(parsed.value?.alarming ?? [])],
    noise: [...noise, ...(parsed.value?.noise ?? [])],
  };
}

function addCause(path: string, text: string, own: Set<string>, { problems, causes, places }: Draft): void {
  const parsed = parseYaml<CauseFile>(path, text, causeSchema);
  problems.push(...parsed.problems);
  if (!parsed.value) return;
  const { id } = parsed.value;
  const placeOf = placeIn(path, text);
  claim(id, placeOf, own, problems);
  causes.set(id, { ...parsed.value, file: path });
  places.causes.set(id, placeOf);
}

function collectPatterns({ causes, symptoms, noise, places, problems }: Draft): ReadonlyMap<string, Pattern> {
  const patterns = new Map<string, Pattern>();
  const add = (source: string, place: () => ReturnType<PlaceOf>): void => {
    if (patterns.has(source)) return;
    const compiled = compilePattern(source);
    if (compiled.ok) patterns.set(source, compiled.value);
    else problems.push({ ...place(), message: `pattern ${JSON.stringify(source)}: ${compiled.problem}` });
  };
  for (const { id, file, rules, warnings } of causes.values()) {
    for (const [part, list] of [["rules", rules] as const, ["warnings", warnings] as const]) {
      list.forEach(({ when }, index) => {
        const place = () => places.causes.get(id)?.([part, index]) ?? { file, line: null };
        for (const source of patternsOf(when)) add(source, place);
      });
    }
  }
  for (const { id, when } of symptoms.values()) {
    const place = () => places.symptoms.get(id)?.(["when"]) ?? { file: "symptoms.yaml", line: null };
    for (const source of patternsOf(when)) add(source, place);
  }
  for (const entry of [...noise.alarming, ...noise.noise]) {
    for (const source of asList(entry.log)) add(source, () => ({ file: "noise.yaml", line: null }));
  }
  return patterns;
}

function digestOf(folders: readonly (readonly KnowledgeText[])[]): string {
  const hash = createHash("sha256");
  for (const files of folders) {
    for (const { path, text } of inOrder(files)) hash.update(`${path}\0${text}\0`);
  }
  return hash.digest("hex").slice(0, 16);
}
