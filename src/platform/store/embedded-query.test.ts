import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "@jest/globals";
import type { Filter, Sort } from "./documents.ts";
import { arrayElements } from "./embedded-arrays.ts";
import { candidates, fieldExpression, orderBy } from "./embedded-query.ts";

const arrays = { table: "elements_t", isArray: (field: string) => field === "roots" };

/** How SQLite would look the filter up, with indexes as incidents have them. */
function planOf(filter: Filter, sort: Sort = []): string {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (id TEXT PRIMARY KEY, revision INTEGER, body TEXT) STRICT");
  arrayElements(database, "t");
  for (const paths of [["cluster", "node", "openedAt"], ["roots", "openedAt"], ["openedAt"]]) {
    database.exec(`CREATE INDEX by_${paths.join("_")} ON t (${paths.map(fieldExpression).join(", ")})`);
  }
  const { sql, parameters } = candidates(filter, arrays);
  const query = `EXPLAIN QUERY PLAN SELECT body FROM t WHERE ${sql} ORDER BY ${orderBy(sort)}`;
  const plan = database.prepare(query).all(...parameters);
  database.close();
  return plan.map((row) => row.detail).join("; ");
}

describe("candidates", () => {
  const node = { cluster: "prod", node: "worker-1" };

  test.each<[string, Filter, string]>([
    ["a node", node, "(<expr>=? AND <expr>=?)"],
    ["a node since", { ...node, openedAt: { $gte: "2026" } }, "(<expr>=? AND <expr>=? AND <expr>>?)"],
    ["a week", { openedAt: { $gte: "2026-11-16", $lt: "2026-11-23" } }, "by_openedAt (<expr>>? AND <expr><?)"],
    ["several nodes", { cluster: "prod", node: { $in: ["worker-1", "worker-2"] } }, "(<expr>=? AND <expr>=?)"],
    ["an element of an array", { roots: "disk-full" }, "elements_t USING PRIMARY KEY (field=? AND value=?)"],
    ["an _id", { _id: "a" }, "sqlite_autoindex_t_1 (id=?)"],
  ])("%s is looked up, not scanned", (_what, filter, plan) => {
    expect(planOf(filter)).toContain(plan);
    expect(planOf(filter)).not.toContain("SCAN");
  });

  test.each<[string, Filter]>([
    ["history", node],
    ["a week", { openedAt: { $gte: "2026-11-16" } }],
  ])("%s comes in the order of its index: only ties are sorted", (_what, filter) => {
    expect(planOf(filter, [["openedAt", -1]])).toMatch(/USE TEMP B-TREE FOR LAST TERM OF ORDER BY$/);
  });

  test.each<[string, Filter]>([
    ["null, which is also a missing field", { node: null }],
    ["a boolean, which SQLite has as a number", { node: true }],
    ["text with a NUL", { node: "a\0b" }],
    ["a dotted path, which may lead through an array", { "identity.zone": "z1" }],
    ["$exists", { node: { $exists: true } }],
    ["a choice with null", { node: { $in: ["a", null] } }],
  ])("%s is left to mingo", (_what, filter) => {
    expect(candidates(filter, arrays).parameters).toEqual([]);
  });

  test("values are parameters, never SQL", () => {
    const hostile = "'; DROP TABLE t; --";
    const { sql, parameters } = candidates({ $or: [{ node: hostile }, { roots: { $in: [hostile, 5] } }] }, arrays);
    expect(sql).not.toContain("DROP");
    expect(parameters).toEqual([hostile, hostile, 5, "roots", hostile, 5]);
  });
});

test("orderBy ends with the id, so that an order is whole", () => {
  expect(orderBy([["openedAt", -1]])).toBe("json_extract(body, '$.openedAt') DESC, id ASC");
  expect(orderBy([])).toBe("id ASC");
});
