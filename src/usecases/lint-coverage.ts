import type { EvidenceSet } from "../evidence/evidence.ts";
import { readFacts, vocabularyOf } from "../facts/read.ts";
import type { Compiled, PlaceOf } from "../knowledge/compile.ts";
import type { Cause } from "../knowledge/knowledge.ts";
import { lintNames } from "../knowledge/lint-names.ts";
import { lintTexts } from "../knowledge/lint-texts.ts";
import type { Problem } from "../knowledge/parse.ts";
import { type CommonPattern, commonPatterns } from "./knowledge-common.ts";
import { idleRules } from "./knowledge-coverage.ts";
import { type KnowledgeSource, lintAll } from "./load-engine.ts";

export interface Coverage {
  readonly problems: readonly Problem[];
  /** Rules that were left out in turn; 0: knowledge that lint refuses is not tried. */
  readonly rules: number;
  /** Of these, the ones that no case needs. */
  readonly idle: number;
}

/**
 * The slower look: rules that no case of their cause needs, patterns that fire all over a healthy node, texts that
 * end early, and names in texts that nothing binds. `folders`: only what is in so many of the last ones. Knowledge
 * that plain lint refuses is told so and not looked at further.
 */
export function lintCoverage(source: KnowledgeSource, healthy: EvidenceSet, folders = source.folders.length): Coverage {
  const { compiled, problems } = lintAll(source);
  if (problems.length > 0) return { problems, rules: 0, idle: 0 };
  const files = source.folders.slice(source.folders.length - folders).flat();
  const paths = new Set(files.map(({ path }) => path));
  const asked = [...compiled.knowledge.causes.values()].filter(({ file }) => paths.has(file));
  const idle = idleProblems(compiled, asked);
  const common = commonPatterns(compiled.knowledge, readFacts(healthy, source.registry));
  const others = [
    ...lintTexts(files),
    ...lintNames(compiled, vocabularyOf(source.registry)),
    ...common.map(commonProblem(compiled)),
  ];
  return {
    problems: [...idle, ...others.filter(({ file }) => paths.has(file))],
    rules: asked.reduce((sum, { rules }) => sum + rules.length, 0),
    idle: idle.length,
  };
}

function idleProblems({ knowledge, places }: Compiled, asked: readonly Cause[]): readonly Problem[] {
  return idleRules(knowledge, asked).map(({ cause, rule, index }) => ({
    ...placeOf(places.causes.get(cause), cause, ["rules", index]),
    message: `no case needs the rule ${rule}: without it all of them come out the same`,
  }));
}

function commonProblem({ places }: Compiled): (found: CommonPattern) => Problem {
  return ({ owner, rule, pattern, lines, of }) => ({
    ...placeOf(places[owner.kind].get(owner.id), owner.id, rule ? ["rules", rule.index, "when"] : ["when"]),
    message: `the pattern ${JSON.stringify(pattern)} fires on ${lines} of ${of} lines of a healthy node`,
  });
}

function placeOf(place: PlaceOf | undefined, id: string, path: readonly PropertyKey[]): ReturnType<PlaceOf> {
  return place?.(path) ?? { file: id, line: null };
}
