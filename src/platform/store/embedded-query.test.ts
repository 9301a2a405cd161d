import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "@jest/globals";
import type { Filter } from "./documents.ts";
import { candidates, fieldExpression, orderBy } from "./embedded-query.ts";

/** How SQLite would look the filter up, with an index on node and openedAt. */
function planOf(filter: Filter): string {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (id TEXT PRIMARY KEY, revision INTEGER, body TEXT) STRICT");
  database.exec(`CREATE INDEX by_node ON t (${["node", "openedAt"].map(fieldExpression).join(", ")})`);
  const { sql, parameters } = candidates(filter);
  const plan = database.prepare(`EXPLAIN QUERY PLAN SELECT body FROM t WHERE ${sql} ORDER BY id`).all(...parameters);
  database.close();
  return plan.map((row) => row.detail).join("; ");
}

describe("candidates", () => {
  test.each<[string, Filter, RegExp]>([
    ["equality on an indexed field", { node: "worker-1" }, /SEARCH t USING INDEX by_node/],
    ["equality and a range", { node: "worker-1", openedAt: { $gte: "2026" } }, /SEARCH t USING INDEX by_node/],
    ["a choice", { node: { $in: ["worker-1", "worker-2"] } }, /SEARCH t USING INDEX by_node/],
    ["_id", { _id: "a" }, /SEARCH t USING INDEX sqlite_autoindex_t_1/],
  ])("%s is looked up, not scanned", (_what, filter, plan) => {
    expect(planOf(filter)).toMatch(plan);
    expect(planOf(filter)).not.toMatch(/SCAN/);
  });

  test.each<[string, Filter]>([
    ["null, which is also a missing field", { node: null }],
    ["a boolean, which SQLite has as a number", { node: true }],
    ["text with a NUL", { node: "a\0b" }],
    ["a dotted path, which may lead through an array", { "identity.zone": "z1" }],
    ["$exists", { node: { $exists: true } }],
    ["a choice with null", { node: { $in: ["a", null] } }],
  ])("%s is left to mingo", (_what, filter) => {
    expect(candidates(filter).parameters).toEqual([]);
  });

  test("values are parameters, never SQL", () => {
    const hostile = "'; DROP TABLE t; --";
    const { sql, parameters } = candidates({ $or: [{ node: hostile }, { node: { $in: [hostile, 5] } }] });
    expect(sql).not.toContain("DROP");
    expect(parameters).toEqual([hostile, hostile, 5]);
  });
});

test("orderBy ends with the id, so that an order is whole", () => {
  expect(orderBy([["openedAt", -1]])).toBe("json_extract(body, '$.openedAt') DESC, id ASC");
  expect(orderBy([])).toBe("id ASC");
});
