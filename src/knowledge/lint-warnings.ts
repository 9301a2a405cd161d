import type { Vocabulary } from "../facts/fact.ts";
import { type Cause, type Knowledge, patternsOf } from "./knowledge.ts";
import { conditionProblems } from "./lint-conditions.ts";
import type { Suggest } from "./lint-suggest.ts";
import type { Warning } from "./schema.ts";

interface Part {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

interface Desk {
  readonly knowledge: Knowledge;
  readonly vocabulary: Vocabulary;
  readonly suggest: Suggest;
}

/** What is wrong with a cause's warnings that the schema cannot see. */
export function warningProblems({ warnings }: Cause, desk: Desk): readonly Part[] {
  const ids = warnings.map(({ id }) => id);
  return warnings.flatMap((warning, index) => [
    ...(ids.indexOf(warning.id) < index
      ? [{ path: ["warnings", index], message: `a second warning with the id ${warning.id}` }]
      : []),
    ...asksNothingKnown(warning, index, desk),
    ...timeProblems(warning, index, desk),
    ...caseProblems(warning, index),
  ]);
}

function asksNothingKnown(
  { id, when, seen }: Warning,
  index: number,
  { knowledge, vocabulary, suggest }: Desk,
): readonly Part[] {
  const unseen = patternsOf(when).length > 0 && seen === undefined;
  return [
    ...conditionProblems(when, knowledge, vocabulary, suggest).map((message) => ({
      path: ["warnings", index, "when"],
      message: `warning ${id}: ${message}`,
    })),
    ...(unseen
      ? [
          {
            path: ["warnings", index],
            message: `warning ${id} reads logs but does not say where its pattern was seen (seen:)`,
          },
        ]
      : []),
  ];
}

function timeProblems({ id, strikes, by }: Warning, index: number, { vocabulary, suggest }: Desk): readonly Part[] {
  const at = (message: string): readonly Part[] => [
    { path: ["warnings", index, "by"], message: `warning ${id}: ${message}` },
  ];
  if (strikes !== "date") return by === undefined ? [] : at("only a warning with strikes: date has a time (by)");
  if (by === undefined) return at("strikes: date needs the fact with the time (by)");
  const spec = vocabulary.get(by);
  if (!spec) return at(`no fact is called ${by}${suggest(by, [...vocabulary.keys()])}`);
  return spec.type === "time" ? [] : at(`${by} is no time`);
}

/** Each warns in one case and is quiet in another, with what it asks known in both. */
function caseProblems({ id, cases }: Warning, index: number): readonly Part[] {
  const names = cases.map(({ name }) => name);
  const wanted = [
    [true, "no case in which it warns"],
    [false, "no case in which it is quiet"],
  ] as const;
  return [
    ...wanted.flatMap(([warns, message]) => (cases.some((each) => each.warns === warns) ? [] : [message])),
    ...(new Set(names).size < names.length ? ["two cases have one name"] : []),
  ].map((message) => ({ path: ["warnings", index, "cases"], message: `warning ${id}: ${message}` }));
}
