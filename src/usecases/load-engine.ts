import type { Registry } from "../collect/registry.ts";
import { vocabularyOf } from "../facts/read.ts";
import { type Compiled, compileKnowledge, type KnowledgeText } from "../knowledge/compile.ts";
import { lintKnowledge } from "../knowledge/lint.ts";
import type { Problem } from "../knowledge/parse.ts";
import { OperatorError } from "../shared/errors.ts";
import { type Engine, makeEngine } from "./engine.ts";

export interface KnowledgeSource {
  readonly registry: Registry;
  /** Ours first, then the operator's own, which override by id. */
  readonly folders: readonly (readonly KnowledgeText[])[];
  /** Ids of the actions that exist. */
  readonly actions: readonly string[];
  readonly version: string;
}

/** Every problem of the knowledge, with file and line; empty: it may be used. */
export function lintAll(source: KnowledgeSource): { compiled: Compiled; problems: readonly Problem[] } {
  const compiled = compileKnowledge(source.folders);
  const context = { vocabulary: vocabularyOf(source.registry), actions: source.actions };
  return { compiled, problems: lintKnowledge(compiled, context) };
}

/** The engine, or an OperatorError that names each problem: nothing starts on broken knowledge. */
export function loadEngine(source: KnowledgeSource): Engine {
  const { compiled, problems } = lintAll(source);
  if (problems.length > 0) {
    throw new OperatorError(problems.slice(0, 20).map(problemText).join("\n"), [
      "Mend the knowledge and check it with: node-why knowledge lint",
    ]);
  }
  return makeEngine(source.registry, compiled.knowledge, source.version);
}

export function problemText({ file, line, message }: Problem): string {
  return `${file}:${line ?? 1}: ${message}`;
}
