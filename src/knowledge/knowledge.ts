import type { Pattern } from "./pattern.ts";
import type { CauseFile, Condition, Edge, LogCondition, NoiseFile, SymptomFile } from "./schema.ts";

/** One compiled cause: its file's content and where it came from. */
export interface Cause extends CauseFile {
  readonly file: string;
}
export type Symptom = SymptomFile;

/** Everything that is known, ready for reasoning. Immutable; a reload makes a new one. */
export interface Knowledge {
  readonly causes: ReadonlyMap<string, Cause>;
  readonly symptoms: ReadonlyMap<string, Symptom>;
  readonly noise: NoiseFile;
  /** Each log pattern once, however many rules use it. */
  readonly patterns: ReadonlyMap<string, Pattern>;
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  /** SHA-256 over the content: the same digest means the same answers. */
  readonly digest: string;
}

export function asList(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** All conditions inside one, itself first. */
export function walk(condition: Condition): Condition[] {
  if ("all" in condition) return [condition, ...condition.all.flatMap(walk)];
  if ("any" in condition) return [condition, ...condition.any.flatMap(walk)];
  if ("not" in condition && typeof condition.not === "object" && !("fact" in condition)) {
    return [condition, ...walk(condition.not as Condition)];
  }
  return [condition];
}

export function isLog(condition: Condition): condition is LogCondition {
  return "log" in condition;
}

export function patternsOf(condition: Condition): string[] {
  return walk(condition).flatMap((each) => (isLog(each) ? [...asList(each.log), ...asList(each.unless)] : []));
}

export function factsOf(condition: Condition): string[] {
  return walk(condition).flatMap((each) => ("fact" in each ? [each.fact, ...operandFacts(each)] : []));
}

function operandFacts(condition: object): string[] {
  return Object.values(condition).flatMap((value) =>
    typeof value === "object" && value !== null && "fact" in value && typeof value.fact === "string"
      ? [value.fact]
      : [],
  );
}
