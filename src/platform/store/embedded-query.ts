/**
 * What SQLite can decide about a filter by itself. The WHERE clause made here is necessary, not sufficient: it lets
 * through every document that matches (and some that do not), and mingo has the last word on those. So a condition
 * that SQLite would judge differently from MongoDB is simply left out.
 */
import { isAnd, isOr } from "./check-filter.ts";
import type { Condition, Filter, Sort } from "./documents.ts";
import { type ArrayElements, isOperand, type Operand } from "./embedded-arrays.ts";

export interface Clause {
  readonly sql: string;
  readonly parameters: readonly Operand[];
}

type Arrays = Pick<ArrayElements, "table" | "isArray">;

const everything: Clause = { sql: "TRUE", parameters: [] };

/** The expression of a field; indexes are on exactly this text, or SQLite does not use them. */
export const fieldExpression = (path: string): string => (path === "_id" ? "id" : `json_extract(body, '$.${path}')`);

export function candidates(filter: Filter, arrays: Arrays): Clause {
  const inner = (branch: Filter): Clause => candidates(branch, arrays);
  if (isAnd(filter)) return joined(filter.$and.map(inner), " AND ");
  if (isOr(filter)) return joined(filter.$or.map(inner), " OR ");
  return joined(
    Object.entries(filter).map(([path, condition]) => fieldClause(path, condition, arrays)),
    " AND ",
  );
}

function joined(clauses: readonly Clause[], operator: " AND " | " OR "): Clause {
  if (clauses.length === 0) return everything;
  return {
    sql: `(${clauses.map((clause) => clause.sql).join(operator)})`,
    parameters: clauses.flatMap((clause) => clause.parameters),
  };
}

function fieldClause(path: string, condition: Condition, arrays: Arrays): Clause {
  // A dotted path may lead through an array, which json_extract does not follow as MongoDB does.
  if (path.includes(".")) return everything;
  const tests = comparisons(condition);
  if (tests === undefined) return everything;
  const onField = compared(fieldExpression(path), tests, " AND ");
  // Two elements may each meet one end of a range, so an element need only meet one.
  return arrays.isArray(path) ? joined([onField, hasElement(path, tests, arrays.table)], " OR ") : onField;
}

function hasElement(field: string, tests: readonly Comparison[], table: string): Clause {
  const { sql, parameters } = compared("value", tests, " OR ");
  return { sql: `id IN (SELECT id FROM ${table} WHERE field = ? AND ${sql})`, parameters: [field, ...parameters] };
}

type Comparison = readonly ["=" | ">=" | "<", Operand] | readonly ["IN", readonly Operand[]];

/** undefined: not SQLite's to decide, as null (which is also a missing field) and true (which is 1 there). */
function comparisons(condition: Condition): readonly Comparison[] | undefined {
  if (typeof condition !== "object" || condition === null) return isOperand(condition) ? [["=", condition]] : undefined;
  if ("$in" in condition) return condition.$in.every(isOperand) ? [["IN", condition.$in.filter(isOperand)]] : undefined;
  if ("$exists" in condition) return undefined;
  const from: readonly Comparison[] = "$gte" in condition ? [[">=", condition.$gte]] : [];
  const to: readonly Comparison[] = condition.$lt === undefined ? [] : [["<", condition.$lt]];
  return [...from, ...to];
}

function compared(expression: string, tests: readonly Comparison[], operator: " AND " | " OR "): Clause {
  return joined(
    tests.map(([sign, operand]) => compare(expression, sign, operand)),
    operator,
  );
}

function compare(expression: string, sign: Comparison[0], operand: Comparison[1]): Clause {
  if (typeof operand === "object") {
    return { sql: `${expression} IN (${operand.map(() => "?").join(", ")})`, parameters: operand };
  }
  return { sql: `${expression} ${sign} ?`, parameters: [operand] };
}

/** MongoDB sorts text by its UTF-8 bytes, as SQLite does, and a missing field before all others, as SQLite does NULL. */
export function orderBy(sort: Sort): string {
  const keys = sort.map(([path, direction]) => `${fieldExpression(path)} ${direction === 1 ? "ASC" : "DESC"}`);
  return [...keys, "id ASC"].join(", ");
}
