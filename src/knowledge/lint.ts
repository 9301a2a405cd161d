import type { Vocabulary } from "../facts/fact.ts";
import type { Compiled } from "./compile.ts";
import { type Cause, type Knowledge, patternsOf } from "./knowledge.ts";
import { conditionProblems } from "./lint-conditions.ts";
import { lintGraph } from "./lint-graph.ts";
import { makeSuggest, type Suggest } from "./lint-suggest.ts";
import { unwrittenParts } from "./lint-unwritten.ts";
import { warningProblems } from "./lint-warnings.ts";
import type { Problem } from "./parse.ts";

/** What lint needs to know beyond the files themselves. */
export interface LintContext {
  readonly vocabulary: Vocabulary;
  /** Ids of the actions that exist. */
  readonly actions: readonly string[];
}

interface Desk extends LintContext {
  readonly knowledge: Knowledge;
  readonly suggest: Suggest;
}

/** Everything wrong with knowledge that its schema cannot see: ids, edges, facts, cases, sources. Each problem once. */
export function lintKnowledge(compiled: Compiled, context: LintContext): readonly Problem[] {
  const { knowledge, problems, places } = compiled;
  const desk: Desk = { ...context, knowledge, suggest: makeSuggest() };
  const found: Problem[] = [...problems];
  for (const cause of knowledge.causes.values()) {
    const report: Report = (message, ...path) => {
      found.push({ ...(places.causes.get(cause.id)?.(path) ?? { file: cause.file, line: null }), message });
    };
    lintIdentity(cause, report);
    lintRules(cause, desk, report);
    lintCases(cause, report);
    for (const { path, message } of warningProblems(cause, desk)) report(message, ...path);
    for (const { path, message } of unwrittenParts(cause)) report(message, ...path);
  }
  for (const { id, when } of knowledge.symptoms.values()) {
    for (const message of conditionProblems(when, knowledge, desk.vocabulary, desk.suggest)) {
      const place = places.symptoms.get(id)?.(["when"]) ?? { file: "symptoms.yaml", line: null };
      found.push({ ...place, message: `${id}: ${message}` });
    }
  }
  return eachOnce([...found, ...lintGraph(compiled, desk.suggest)]);
}

/** By file and line, as an editor goes through them. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  const once = new Map(problems.map((each) => [`${each.file}:${each.line}: ${each.message}`, each]));
  return [...once.values()].sort((a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Report = (message: string, ...path: PropertyKey[]) => void;

function lintIdentity(cause: Cause, report: Report): void {
  const name = cause.file.split("/").at(-1);
  if (name !== `${cause.id}.yaml`) report(`the file of ${cause.id} must be called ${cause.id}.yaml`, "id");
  const folder = cause.file.split("/").at(-2);
  if (folder && folder !== cause.area)
    report(`${cause.id} is of the area ${cause.area} but lies in ${folder}/`, "area");
}

function lintRules(cause: Cause, desk: Desk, report: Report): void {
  const { knowledge, vocabulary, suggest, actions } = desk;
  const ids = new Set<string>();
  cause.rules.forEach((rule, index) => {
    if (ids.has(rule.id)) report(`a second rule with the id ${rule.id}`, "rules", index);
    ids.add(rule.id);
    if (patternsOf(rule.when).length > 0 && !rule.seen)
      report(`rule ${rule.id} reads logs but does not say where its pattern was seen (seen:)`, "rules", index);
    for (const message of conditionProblems(rule.when, knowledge, vocabulary, suggest))
      report(`rule ${rule.id}: ${message}`, "rules", index, "when");
  });
  cause.fixes.forEach(({ action }, index) => {
    if (action === null || actions.includes(action)) return;
    report(`there is no action ${action}${suggest(action, actions)}`, "fixes", index, "action");
  });
}

/** At least one case that fires, one look-alike that must not, one where nothing can be read. */
function lintCases(cause: Cause, report: Report): void {
  if (cause.area === "none") return;
  const verdictsOf = (index: number): readonly string[] => [cause.cases[index]?.expect.verdict ?? []].flat();
  const fires = cause.cases.some((_, index) =>
    verdictsOf(index).every((verdict) => ["confirmed", "likely", "possible"].includes(verdict)),
  );
  const holdsBack = cause.cases.some((_, index) =>
    verdictsOf(index).every((verdict) => !["confirmed", "likely"].includes(verdict)),
  );
  if (!fires) report("no case in which it fires", "cases");
  if (!holdsBack) report("no look-alike or unreadable case in which it must not fire", "cases");
  const names = cause.cases.map(({ name }) => name);
  if (new Set(names).size < names.length) report("two cases have one name", "cases");
}
