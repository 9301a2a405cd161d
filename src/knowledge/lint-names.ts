import type { Vocabulary } from "../facts/fact.ts";
import type { Compiled } from "./compile.ts";
import { asList, type Cause, isLog, type Knowledge, walk } from "./knowledge.ts";
import type { Problem } from "./parse.ts";
import type { Condition } from "./schema.ts";

/** Every `{name}` in a text that no rule of its cause can bind: it would print as nothing. Every fact can be named. */
export function lintNames({ knowledge, places }: Compiled, vocabulary: Vocabulary): readonly Problem[] {
  return [...knowledge.causes.values()].flatMap((cause) => {
    const own = [...cause.rules, ...cause.warnings].map(({ when }) => namesBound(when, knowledge, vocabulary));
    const all = new Set(own.flatMap((names) => [...names]));
    return textsOf(cause).flatMap(({ text, path, rule }) => {
      const bound = rule === null ? all : (own[rule] ?? all);
      return namesIn(text)
        .filter((name) => !bound.has(name) && !vocabulary.has(name) && !always.includes(name))
        .map((name) => ({
          ...(places.causes.get(cause.id)?.(path) ?? { file: cause.file, line: null }),
          message: `nothing binds {${name}}, so it prints as nothing`,
        }));
    });
  });
}

/** Bound for every log rule that is true, and for every report. */
const always = ["count", "node"];

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{([A-Za-z][\w.-]*)\}/g)].map(([, name = ""]) => name);
}

function namesBound(condition: Condition, { patterns }: Knowledge, vocabulary: Vocabulary): ReadonlySet<string> {
  const names = walk(condition).flatMap((each) => {
    if (isLog(each)) return asList(each.log).flatMap((source) => patterns.get(source)?.names ?? []);
    if ("fact" in each && each.some) return vocabulary.get(each.fact)?.columns ?? Object.keys(each.some);
    return [];
  });
  return new Set(names);
}

interface Text {
  readonly text: string;
  readonly path: readonly PropertyKey[];
  /** The rule whose finding it words; null: all rules of the cause may bind for it. */
  readonly rule: number | null;
}

function textsOf({ says, rules, warnings, fixes, settle, never, fingerprint }: Cause): readonly Text[] {
  const all = (path: readonly PropertyKey[], ...texts: readonly (string | undefined)[]): readonly Text[] =>
    texts.flatMap((text) => (text === undefined ? [] : [{ text, path, rule: null }]));
  return [
    ...all(["says"], says),
    ...rules.map((rule, index) => ({ text: rule.says, path: ["rules", index, "says"], rule: index })),
    ...warnings.flatMap(({ says: found, why, steps }, index) =>
      [found, why, ...steps.flatMap(({ argv = [], do: text = "" }) => [...argv, text])].map((each) => ({
        text: each,
        path: ["warnings", index],
        rule: rules.length + index,
      })),
    ),
    ...fixes.flatMap((fix, index) => [
      ...all(["fixes", index], fix.says, fix.verify),
      ...fix.steps.flatMap(({ argv = [], do: text }, step) => all(["fixes", index, "steps", step], ...argv, text)),
    ]),
    ...settle.flatMap(({ argv, why }, index) => all(["settle", index], ...argv, why)),
    ...never.flatMap((each, index) => all(["never", index], each.do, each.because)),
    ...all(["fingerprint"], ...fingerprint.map((name) => `{${name}}`)),
  ];
}
