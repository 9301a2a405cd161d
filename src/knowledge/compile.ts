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
  const problems: Problem[] = [];
  const causes = new Map<string, Cause>();
  const symptoms = new Map<string, Symptom>();
  const lineOf = new Map<string, Parsed<CauseFile>["lineOf"]>();
  let noise: NoiseFile = { alarming: [], noise: [] };
  for (const files of folders) {
    const own = new Set<string>();
    for (const { path, text } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
      if (path.endsWith("symptoms.yaml")) {
        const parsed = parseYaml(path, text, symptomsSchema);
        problems.push(...parsed.problems);
        for (const symptom of parsed.value?.symptoms ?? []) symptoms.set(symptom.id, symptom);
      } else if (path.endsWith("noise.yaml")) {
        const parsed = parseYaml(path, text, noiseSchema);
        problems.push(...parsed.problems);
        noise = {
          alarming: [...noise.alarming, ...(parsed.value?.alarming ?? [])],
          noise: [...noise.noise, ...(parsed.value?.noise ?? [])],
        };
      } else {
        const parsed = parseYaml<CauseFile>(path, text, causeSchema);
        problems.push(...parsed.problems);
        if (!parsed.value) continue;
        if (own.has(parsed.value.id)) {
          problems.push({ file: path, line: parsed.lineOf(["id"]), message: `a second cause with the id ${parsed.value.id}` });
        }
        own.add(parsed.value.id);
        causes.set(parsed.value.id, { ...parsed.value, file: path });
        lineOf.set(parsed.value.id, parsed.lineOf);
      }
    }
  }
  const sorted = new Map([...causes].sort(([a], [b]) => (a < b ? -1 : 1)));
  const patterns = collectPatterns(sorted, symptoms, noise, lineOf, problems);
  const edges = new Map<string, readonly Edge[]>();
  for (const [id, each] of [...sorted, ...symptoms]) edges.set(id, each["leads-to"]);
  const knowledge: Knowledge = { causes: sorted, symptoms, noise, patterns, edges, digest: digestOf(folders) };
  return { knowledge, problems, lineOf };
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
    for (const source of patternsOf(symptom.when)) add(source, "symptoms.yaml", null);
  }
  for (const entry of [...noise.alarming, ...noise.noise]) {
    for (const source of asList(entry.log)) add(source, "noise.yaml", null);
  }
  return patterns;
}

function digestOf(folders: readonly (readonly KnowledgeText[])[]): string {
  const hash = createHash("sha256");
  for (const files of folders) {
    for (const { path, text } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
      hash.update(`${path}\0${text}\0`);
    }
  }
  return hash.digest("hex").slice(0, 16);
}
