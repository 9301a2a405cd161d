import type { Vocabulary } from "../facts/fact.ts";
import { asList, isLog, type Knowledge, walk } from "./knowledge.ts";
import type { Suggest } from "./lint-suggest.ts";
import { compileValuePattern } from "./pattern.ts";
import type { Condition, FactCondition, LogCondition, Matcher } from "./schema.ts";

/** What a condition asks that nobody can answer: unknown facts, columns and symptoms, and patterns on values that cannot run. */
export function conditionProblems(
  condition: Condition,
  knowledge: Knowledge,
  vocabulary: Vocabulary,
  suggest: Suggest,
): readonly string[] {
  const found = walk(condition).flatMap((each) => {
    if ("symptom" in each) return symptomProblems(each.symptom, knowledge, suggest);
    if (isLog(each)) return logProblems(each, knowledge, vocabulary, suggest);
    return "fact" in each ? factProblems(each, vocabulary, suggest) : [];
  });
  return [...new Set(found)];
}

function symptomProblems(id: string, { symptoms }: Knowledge, suggest: Suggest): readonly string[] {
  return symptoms.has(id) ? [] : [`no symptom is called ${id}${suggest(id, [...symptoms.keys()])}`];
}

function logProblems(
  { log, where = {} }: LogCondition,
  { patterns }: Knowledge,
  vocabulary: Vocabulary,
  suggest: Suggest,
): readonly string[] {
  const groups = asList(log).flatMap((source) => patterns.get(source)?.names ?? []);
  const stray = Object.keys(where).filter((name) => !groups.includes(name));
  return [
    ...stray.map((name) => `no pattern names a group ${name}${suggest(name, groups)}`),
    ...matchersProblems(Object.values(where), vocabulary, suggest),
  ];
}

function factProblems(condition: FactCondition, vocabulary: Vocabulary, suggest: Suggest): readonly string[] {
  const { fact, present: _, empty: __, some = {}, noRow = {}, ...matcher } = condition;
  const cells = [...Object.values(some), ...Object.values(noRow)];
  return [
    ...nameProblems(fact, vocabulary, suggest),
    ...columnProblems(fact, [...Object.keys(some), ...Object.keys(noRow)], vocabulary, suggest),
    ...matchersProblems([matcher, ...cells], vocabulary, suggest),
  ];
}

function nameProblems(name: string, vocabulary: Vocabulary, suggest: Suggest): readonly string[] {
  return vocabulary.has(name) ? [] : [`no fact is called ${name}${suggest(name, [...vocabulary.keys()])}`];
}

function columnProblems(
  fact: string,
  wanted: readonly string[],
  vocabulary: Vocabulary,
  suggest: Suggest,
): readonly string[] {
  const spec = vocabulary.get(fact);
  if (!spec || wanted.length === 0) return [];
  if (spec.type !== "rows") return [`${fact} has no rows`];
  const columns = spec.columns ?? wanted;
  return wanted
    .filter((name) => !columns.includes(name))
    .map((name) => `${fact} has no column ${name}${suggest(name, columns)}`);
}

/** The facts that values are compared with, and the patterns on values. */
function matchersProblems(matchers: readonly Matcher[], vocabulary: Vocabulary, suggest: Suggest): readonly string[] {
  return matchers.flatMap((matcher) => {
    if (typeof matcher !== "object") return [];
    const compared = Object.values(matcher).flatMap((operand) =>
      typeof operand === "object" && "fact" in operand ? nameProblems(operand.fact, vocabulary, suggest) : [],
    );
    return [...compared, ...valuePatternProblems(matcher.matches)];
  });
}

function valuePatternProblems(source: string | undefined): readonly string[] {
  if (source === undefined) return [];
  const compiled = compileValuePattern(source);
  if (!compiled.ok) return [`pattern ${JSON.stringify(source)}: ${compiled.problem}`];
  return compiled.value("") ? [`pattern ${JSON.stringify(source)} matches the empty string, so every value`] : [];
}
