import { createHash } from "node:crypto";
import { asList, type Cause, type Knowledge, patternsOf, type Symptom } from "./knowledge.ts";
import { type Parsed, type Problem, parseYaml } from "./parse.ts";
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
  /** Where each cause's parts stand, for lint. */
  readonly lineOf: ReadonlyMap<string, Parsed<CauseFile>["lineOf"]>;
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
    lineOf: new Map(),
    noise: { alarming: [], noise: [] },
  };
  for (const files of folders) {
    const own = new Set<string>();
    for (const file of inOrder(files)) addFile(file, own, draft);
  }
  const { problems, symptoms, lineOf, noise } = draft;
  const causes = new Map([...draft.causes].sort(([a], [b]) => (a < b ? -1 : 1)));
  const patterns = collectPatterns(causes, symptoms, noise, lineOf, problems);
  const edges = new Map<string, readonly Edge[]>();
  for (const [id, each] of [...causes, ...symptoms]) edges.set(id, each["leads-to"]);
  const knowledge: Knowledge = { causes, symptoms, noise, patterns, edges, digest: digestOf(folders) };
  return { knowledge, problems, lineOf };
}

interface Draft {
  readonly problems: Problem[];
  readonly causes: Map<string, Cause>;
  readonly symptoms: Map<string, Symptom>;
  readonly lineOf: Map<string, Parsed<CauseFile>["lineOf"]>;
  noise: NoiseFile;
}

function inOrder(files: readonly KnowledgeText[]): readonly KnowledgeText[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `own`: the ids this folder has named so far; only another folder may override. */
function addFile({ path, text }: KnowledgeText, own: Set<string>, draft: Draft): void {
  if (path.endsWith("symptoms.yaml")) addSymptoms(path, text, draft);
  else if (path.endsWith("noise.yaml")) addNoise(path, text, draft);
  else addCause(path, text, own, draft);
}

function addSymptoms(path: string, text: string, { problems, symptoms }: Draft): void {
  const parsed = parseYaml(path, text, symptomsSchema);
  problems.push(...parsed.problems);
  for (const symptom of parsed.value?.symptoms ?? []) symptoms.set(symptom.id, symptom);
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

function addCause(path: string, text: string, own: Set<string>, { problems, causes, lineOf }: Draft): void {
  const parsed = parseYaml<CauseFile>(path, text, causeSchema);
  problems.push(...parsed.problems);
  if (!parsed.value) return;
  const { id } = parsed.value;
  if (own.has(id))
    problems.push({ file: path, line: parsed.lineOf(["id"]), message: `a second cause with the id ${id}` });
  own.add(id);
  causes.set(id, { ...parsed.value, file: path });
  lineOf.set(id, parsed.lineOf);
}

function collectPatterns(
  causes: ReadonlyMap<string, Cause>,
  symptoms: ReadonlyMap<string, Symptom>,
  noise: NoiseFile,
  lineOf: ReadonlyMap<string, Parsed<CauseFile>["lineOf"]>,
  problems: Problem[],
): ReadonlyMap<string, Pattern> {
  const patterns = new Map<string, Pattern>();
  const add = (source: string, file: string, line: number | null): void => {
    if (patterns.has(source)) return;
    const compiled = compilePattern(source);
    if (compiled.ok) patterns.set(source, compiled.value);
    else problems.push({ file, line, message: `pattern ${JSON.stringify(source)}: ${compiled.problem}` });
  };
  for (const cause of causes.values()) {
    cause.rules.forEach((rule, index) => {
      const line = lineOf.get(cause.id)?.(["rules", index]) ?? null;
      for (const source of patternsOf(rule.when)) add(source, cause.file, line);
    });
  }
  for (const symptom of symptoms.values()) {
    for (const source of [symptom.when, symptom.unless ?? []].flat().flatMap(patternsOf))
      add(source, "symptoms.yaml", null);
  }
  for (const entry of [...noise.alarming, ...noise.noise]) {
    for (const source of asList(entry.log)) add(source, "noise.yaml", null);
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
