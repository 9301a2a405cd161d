/**
 * What SQLite can decide about a filter by itself. The WHERE clause made here is necessary, not sufficient: it lets
 * through every document that matches (and some that do not), and mingo has the last word on those. So a condition
 * that SQLite would judge differently from MongoDB is simply left out.
 */
import { isAnd, isOr } from "./check-filter.ts";
import type { Condition, Filter, Sort } from "./documents.ts";

export interface Clause {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

const everything: Clause = { sql: "TRUE", parameters: [] };

/** The expression of a field; indexes are on exactly this text, or SQLite does not use them. */
export const fieldExpression = (path: string): string => (path === "_id" ? "id" : `json_extract(body, '$.${path}')`);

export function candidates(filter: Filter): Clause {
  if (isAnd(filter)) return joined(filter.$and.map(candidates), " AND ");
  if (isOr(filter)) return joined(filter.$or.map(candidates), " OR ");
  return joined(
    Object.entries(filter).map(([path, condition]) => fieldClause(path, condition)),
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

function fieldClause(path: string, condition: Condition): Clause {
  // A dotted path may lead through an array, which json_extract does not follow as MongoDB does.
  if (path.includes(".")) return everything;
  const tests = comparisons(condition);
  if (tests === undefined) return everything;
  const expression = fieldExpression(path);
  const all = tests.map(([operator, operand]) => compare(expression, operator, operand));
  return orAnArray(expression, joined(all, " AND "));
}

/**
 * An array field matches by its elements, and json_extract shows it as text that begins with `[`. Asking for that range
 * of the same expression, not for json_type, lets SQLite use one index for both halves.
 */
function orAnArray(expression: string, clause: Clause): Clause {
  if (expression === "id") return clause;
  return { sql: `(${clause.sql} OR (${expression} >= '[' AND ${expression} < '\\'))`, parameters: clause.parameters };
}

type Operand = string | number;
type Comparison = readonly ["=" | ">=" | "<", Operand] | readonly ["IN", readonly Operand[]];

/** undefined: not SQLite's to decide. */
function comparisons(condition: Condition): readonly Comparison[] | undefined {
  if (typeof condition !== "object" || condition === null) return isOperand(condition) ? [["=", condition]] : undefined;
  if ("$in" in condition) return condition.$in.every(isOperand) ? [["IN", condition.$in.filter(isOperand)]] : undefined;
  if ("$exists" in condition) return undefined;
  const from: readonly Comparison[] = "$gte" in condition ? [[">=", condition.$gte]] : [];
  const to: readonly Comparison[] = condition.$lt === undefined ? [] : [["<", condition.$lt]];
  return [...from, ...to];
}

/** null means "or missing", true is 1 in SQLite, and text with a NUL is undefined there by its manual. */
const isOperand = (value: unknown): value is Operand =>
  typeof value === "number" || (typeof value === "string" && !value.includes("\0"));

function compare(expression: string, operator: Comparison[0], operand: Comparison[1]): Clause {
  if (typeof operand === "object") {
    return { sql: `${expression} IN (${operand.map(() => "?").join(", ")})`, parameters: operand };
  }
  return { sql: `${expression} ${operator} ?`, parameters: [operand] };
}

/** MongoDB sorts text by its UTF-8 bytes, as SQLite does, and a missing field before all others, as SQLite does NULL. */
export function orderBy(sort: Sort): string {
  const keys = sort.map(([path, direction]) => `${fieldExpression(path)} ${direction === 1 ? "ASC" : "DESC"}`);
  return [...keys, "id ASC"].join(", ");
}
