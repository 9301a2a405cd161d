import { type FactBase, stateOf } from "../facts/base.ts";
import type { FactValue, Row } from "../facts/fact.ts";
import { compileValuePattern } from "../knowledge/pattern.ts";
import type { Matcher, Operand } from "../knowledge/schema.ts";
import { milliseconds } from "../shared/duration.ts";

/** true, false, or null: unknown. */
export type Truth = boolean | null;

type Scalar = string | number | boolean | null;
type Comparison = (value: FactValue | null, operand: Scalar) => Truth;

export function and(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

export function or(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(null) ? null : false;
}

const comparisons: Readonly<Record<string, Comparison>> = {
  is: (value, operand) => equal(value, operand),
  not: (value, operand) => !equal(value, operand),
  above: numeric((a, b) => a > b),
  atLeast: numeric((a, b) => a >= b),
  below: numeric((a, b) => a < b),
  atMost: numeric((a, b) => a <= b),
  before: temporal((a, b) => a < b),
  after: temporal((a, b) => a > b),
  contains: (value, operand) => {
    if (Array.isArray(value)) return value.some((each) => each === operand);
    return typeof value === "string" && typeof operand === "string" ? value.includes(operand) : null;
  },
};

function equal(value: FactValue | null, operand: Scalar): boolean {
  return value === operand || (value !== null && operand !== null && String(value) === String(operand));
}

function numeric(compare: (a: number, b: number) => boolean): Comparison {
  return (value, operand) =>
    typeof value === "number" && typeof operand === "number" ? compare(value, operand) : null;
}

function temporal(compare: (a: number, b: number) => boolean): Comparison {
  return (value, operand) => {
    const [a, b] = [instant(value), instant(operand)];
    return a === null || b === null ? null : compare(a, b);
  };
}

function instant(value: FactValue | null): number | null {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) ? at : null;
}

/** Whether a value fits a matcher; null where it cannot be told. */
export function fits(base: FactBase, value: FactValue | null, matcher: Matcher): Truth {
  if (typeof matcher !== "object") return value === null ? null : equal(value, matcher);
  if (value === null) return null;
  const truths: Truth[] = [];
  for (const [name, wanted] of Object.entries(matcher)) {
    if (wanted !== undefined) truths.push(one(base, name, value, wanted));
  }
  return and(truths);
}

function one(base: FactBase, name: string, value: FactValue, wanted: unknown): Truth {
  if (name === "in") return (wanted as readonly Scalar[]).some((each) => equal(value, each));
  if (name === "notIn") return !(wanted as readonly Scalar[]).some((each) => equal(value, each));
  if (name === "matches") return matchesText(value, wanted as string);
  const compare = comparisons[name];
  const operand = resolve(base, wanted as Operand);
  return compare === undefined || operand === null ? null : compare(value, operand);
}

/** A pattern is compared with many values, and knowledge has few: each is compiled once. */
const valuePatterns = new Map<string, ReturnType<typeof compileValuePattern>>();

function valuePattern(source: string): ReturnType<typeof compileValuePattern> {
  const known = valuePatterns.get(source) ?? compileValuePattern(source);
  valuePatterns.set(source, known);
  return known;
}

function matchesText(value: FactValue, source: string): Truth {
  const pattern = valuePattern(source);
  if (!pattern.ok) return null;
  if (Array.isArray(value)) return value.some((each) => typeof each === "string" && pattern.value(each));
  return pattern.value(String(value));
}

/** The operand's value: itself, or another fact's, moved in time. */
function resolve(base: FactBase, operand: Operand): Scalar {
  if (typeof operand !== "object") return operand;
  const state = stateOf(base, operand.fact);
  if (state.kind !== "value" || typeof state.value === "object") return null;
  const shift = milliseconds(operand.plus ?? "0s") - milliseconds(operand.minus ?? "0s");
  if (shift === 0) return state.value;
  const at = instant(state.value);
  return at === null ? null : new Date(at + shift).toISOString();
}

/** Whether a row fits all its columns. */
export function rowFits(base: FactBase, row: Row, matchers: Readonly<Record<string, Matcher>>): Truth {
  return and(Object.entries(matchers).map(([column, matcher]) => fits(base, row[column] ?? null, matcher)));
}
