/**
 * What both stores check of a filter and a page before they run it, so that neither ever sees an operator where a
 * value belongs. Everything here throws Bug: callers validated what strangers sent long before.
 */
import { Bug } from "../../shared/errors.ts";
import { checkPath } from "./check-document.ts";
import { type Filter, maxFound, type Page, type Scalar } from "./documents.ts";

const maxDepth = 50;
const maxChoices = 1000;

export function checkFilter(filter: Filter): void {
  checkFilterAt(filter, 0);
}

function checkFilterAt(filter: Filter, depth: number): void {
  if (depth > maxDepth) throw new Bug("a filter is too deep");
  for (const [name, value] of Object.entries(filter)) {
    if (name === "$and" || name === "$or") checkBranches(filter, value, depth);
    else {
      checkPath(name);
      checkCondition(value, name);
    }
  }
}

function checkBranches(filter: Filter, branches: unknown, depth: number): void {
  if (Object.keys(filter).length !== 1) throw new Bug("$and and $or stand alone in a filter");
  if (!Array.isArray(branches) || branches.length === 0) throw new Bug("$and and $or take a list of filters");
  for (const branch of branches) checkFilterAt(branch, depth + 1);
}

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);

const isBound = (value: unknown): boolean =>
  Number.isFinite(value) || (typeof value === "string" && /^[ -~]*$/.test(value));

const isChoice = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= maxChoices && value.every(isScalar);

const operandChecks: ReadonlyMap<string, (operand: unknown) => boolean> = new Map([
  ["$in", isChoice],
  ["$exists", (operand: unknown) => typeof operand === "boolean"],
  ["$gte", isBound],
  ["$lt", isBound],
]);

function checkCondition(condition: unknown, name: string): void {
  if (isScalar(condition)) return;
  if (typeof condition !== "object" || condition === null) throw new Bug(`${name} is compared with no scalar`);
  const operators = Object.entries(condition);
  const known = operators.every(([operator, operand]) => operandChecks.get(operator)?.(operand) === true);
  const range = operators.length === 2 && "$gte" in condition && "$lt" in condition;
  if (!known || (operators.length !== 1 && !range))
    throw new Bug(`${name} is compared with no scalar and no operator we know`);
}

export const isEmptyFilter = (filter: Filter): boolean => Object.keys(filter).length === 0;

/** A delete without any condition is never meant, not even inside an `$or`. */
export function checkNarrow(filter: Filter): void {
  checkFilter(filter);
  if (!narrows(filter)) throw new Bug("a delete needs a condition");
}

function narrows(filter: Filter): boolean {
  if (isAnd(filter)) return filter.$and.some(narrows);
  if (isOr(filter)) return filter.$or.every(narrows);
  return !isEmptyFilter(filter);
}

export const isAnd = (filter: Filter): filter is { readonly $and: readonly Filter[] } => "$and" in filter;
export const isOr = (filter: Filter): filter is { readonly $or: readonly Filter[] } => "$or" in filter;

export function checkPage(page: Page): void {
  const { limit, skip = 0, sort = [] } = page;
  if (!Number.isInteger(limit) || limit < 1 || limit > maxFound) throw new Bug(`not a limit: ${limit}`);
  if (!Number.isInteger(skip) || skip < 0) throw new Bug(`not a number to skip: ${skip}`);
  for (const [name, direction] of sort) {
    checkPath(name);
    if (direction !== 1 && direction !== -1) throw new Bug(`not a direction: ${String(direction)}`);
  }
}

/** The filter with every value behind an explicit operator, so that no value can ever be read as one. */
export function explicit(filter: Filter): Record<string, unknown> {
  if (isAnd(filter)) return { $and: filter.$and.map(explicit) };
  if (isOr(filter)) return { $or: filter.$or.map(explicit) };
  return Object.fromEntries(
    Object.entries(filter).map(([name, condition]) => [
      name,
      isScalar(condition) ? { $eq: condition } : { ...condition },
    ]),
  );
}
