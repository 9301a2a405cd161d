/** MongoDB's matching rules for our subset, written from its manual and sharing nothing with the stores. */
import type { Bound, Condition, Filter, Json, Scalar, StoredDocument } from "../../src/platform/store/documents.ts";

export function matchesFilter(document: StoredDocument, filter: Filter): boolean {
  return Object.entries(filter).every(([name, value]) => {
    if (name === "$and") return branches(value).every((branch) => matchesFilter(document, branch));
    if (name === "$or") return branches(value).some((branch) => matchesFilter(document, branch));
    return matchesCondition(valuesAt(document, name.split(".")), value as Condition);
  });
}

const branches = (value: unknown): readonly Filter[] => value as readonly Filter[];

/** Everything a dotted path leads to, through arrays of documents too; an array counts as itself and as its elements. */
function valuesAt(value: Json | undefined, steps: readonly string[]): readonly Json[] {
  const [step, ...rest] = steps;
  if (step === undefined) return value === undefined ? [] : Array.isArray(value) ? [value, ...value] : [value];
  if (Array.isArray(value)) return value.filter(isFields).flatMap((item) => valuesAt(item[step], rest));
  return isFields(value) ? valuesAt(value[step], rest) : [];
}

function isFields(value: Json | undefined): value is { readonly [field: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function matchesCondition(values: readonly Json[], condition: Condition): boolean {
  if (typeof condition !== "object" || condition === null) return equalsOne(values, condition);
  if ("$in" in condition) return condition.$in.some((choice) => equalsOne(values, choice));
  if ("$exists" in condition) return values.length > 0 === condition.$exists;
  const { $gte: from, $lt: to } = { $gte: undefined, ...condition };
  const above = from === undefined || values.some((value) => (order(value, from) ?? -1) >= 0);
  const below = to === undefined || values.some((value) => (order(value, to) ?? 1) < 0);
  return above && below;
}

/** Negative, zero or positive; undefined where the types differ, since MongoDB compares within a type only. */
function order(value: Json, bound: Bound): number | undefined {
  if (typeof value === "number" && typeof bound === "number") return value - bound;
  if (typeof value !== "string" || typeof bound !== "string") return undefined;
  return Buffer.compare(Buffer.from(value), Buffer.from(bound));
}

const equalsOne = (values: readonly Json[], wanted: Scalar): boolean =>
  values.includes(wanted) || (wanted === null && values.length === 0);
