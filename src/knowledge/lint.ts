import type { Vocabulary } from "../facts/fact.ts";
import type { Compiled } from "./compile.ts";
import { type Cause, factsOf, type Knowledge, patternsOf, walk } from "./knowledge.ts";
import { didYouMean } from "./nearest-key.ts";
import type { Problem } from "./parse.ts";
import type { Condition } from "./schema.ts";

/** What lint needs to know beyond the files themselves. */
export interface LintContext {
  readonly vocabulary: Vocabulary;
  /** Ids of the actions that exist. */
  readonly actions: readonly string[];
}

/** Everything wrong with knowledge that its schema cannot see: ids, edges, facts, cases, sources. */
export function lintKnowledge({ knowledge, problems, lineOf }: Compiled, context: LintContext): readonly Problem[] {
  const found: Problem[] = [...problems];
  for (const cause of knowledge.causes.values()) {
    const line = (...path: PropertyKey[]): number | null => lineOf.get(cause.id)?.(path) ?? null;
    const report = (message: string, ...path: PropertyKey[]): void => {
      found.push({ file: cause.file, line: line(...path), message });
    };
    lintIdentity(cause, report);
    lintEdges(cause, knowledge, report);
    lintRules(cause, knowledge, context, report);
    lintCases(cause, report);
  }
  for (const symptom of knowledge.symptoms.values()) {
    for (const message of [symptom.when, symptom.unless ?? []]
      .flat()
      .flatMap((each) => conditionProblems(each, knowledge, context))) {
      found.push({ file: "symptoms.yaml", line: null, message: `${symptom.id}: ${message}` });
    }
  }
  for (const way of cycles(knowledge)) {
    found.push({
      file: knowledge.causes.get(way[0] ?? "")?.file ?? "symptoms.yaml",
      line: null,
      message: `edges go in a circle: ${way.join(" > ")}`,
    });
  }
  return found;
}

type Report = (message: string, ...path: PropertyKey[]) => void;

function lintIdentity(cause: Cause, report: Report): void {
  const name = cause.file.split("/").at(-1);
  if (name !== `${cause.id}.yaml`) report(`the file of ${cause.id} must be called ${cause.id}.yaml`, "id");
  const folder = cause.file.split("/").at(-2);
  if (folder && folder !== cause.area)
    report(`${cause.id} is of the area ${cause.area} but lies in ${folder}/`, "area");
}

function lintEdges(cause: Cause, knowledge: Knowledge, report: Report): void {
  cause["leads-to"].forEach((edge, index) => {
    if (knowledge.causes.has(edge.to) || knowledge.symptoms.has(edge.to)) return;
    report(
      `leads to ${edge.to}, which is neither a cause nor a symptom${didYouMean(edge.to, [...knowledge.causes.keys(), ...knowledge.symptoms.keys()])}`,
      "leads-to",
      index,
    );
  });
  if (cause.id !== "none" && cause.area !== "none" && !reachesSymptom(cause.id, knowledge)) {
    report("leads to no symptom", "leads-to");
  }
}

function reachesSymptom(id: string, knowledge: Knowledge, seen = new Set<string>()): boolean {
  if (knowledge.symptoms.has(id)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return (knowledge.edges.get(id) ?? []).some(({ to }) => reachesSymptom(to, knowledge, seen));
}

function lintRules(cause: Cause, knowledge: Knowledge, context: LintContext, report: Report): void {
  const ids = new Set<string>();
  cause.rules.forEach((rule, index) => {
    if (ids.has(rule.id)) report(`a second rule with the id ${rule.id}`, "rules", index);
    ids.add(rule.id);
    if (patternsOf(rule.when).length > 0 && !rule.seen)
      report(`rule ${rule.id} reads logs but does not say where its pattern was seen (seen:)`, "rules", index);
    for (const message of conditionProblems(rule.when, knowledge, context))
      report(`rule ${rule.id}: ${message}`, "rules", index, "when");
  });
  cause.fixes.forEach((fix, index) => {
    if (fix.action === null || context.actions.includes(fix.action)) return;
    report(`there is no action ${fix.action}${didYouMean(fix.action, context.actions)}`, "fixes", index, "action");
  });
}

function conditionProblems(condition: Condition, knowledge: Knowledge, { vocabulary }: LintContext): string[] {
  const facts = factsOf(condition).filter((name) => !vocabulary.has(name));
  const symptoms = walk(condition).flatMap((each) => ("symptom" in each ? [each.symptom] : []));
  const columns = walk(condition).flatMap((each) => unknownColumns(each, vocabulary));
  return [
    ...facts.map((name) => `no fact is called ${name}${didYouMean(name, [...vocabulary.keys()])}`),
    ...symptoms
      .filter((id) => !knowledge.symptoms.has(id))
      .map((id) => `no symptom is called ${id}${didYouMean(id, [...knowledge.symptoms.keys()])}`),
    ...columns,
  ];
}

function unknownColumns(condition: Condition, vocabulary: Vocabulary): string[] {
  if (!("fact" in condition)) return [];
  const spec = vocabulary.get(condition.fact);
  const wanted = [...Object.keys(condition.some ?? {}), ...Object.keys(condition.noRow ?? {})];
  if (spec && wanted.length > 0 && spec.type !== "rows") return [`${condition.fact} has no rows`];
  const columns = spec?.columns;
  if (!columns) return [];
  return wanted
    .filter((name) => !columns.includes(name))
    .map((name) => `${condition.fact} has no column ${name}${didYouMean(name, columns)}`);
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

function cycles(knowledge: Knowledge): string[][] {
  const state = new Map<string, "open" | "done">();
  const found: string[][] = [];
  const visit = (id: string, way: readonly string[]): void => {
    if (state.get(id) === "done") return;
    if (state.get(id) === "open") {
      found.push([...way.slice(way.indexOf(id)), id]);
      return;
    }
    state.set(id, "open");
    for (const { to } of knowledge.edges.get(id) ?? []) visit(to, [...way, id]);
    state.set(id, "done");
  };
  for (const id of knowledge.edges.keys()) visit(id, []);
  return found;
}
