import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "@jest/globals";
import { ExternalError, OperatorError } from "../../shared/errors.ts";
import { embeddedFailure, isBusy } from "./embedded-errors.ts";

function thrownBy(...statements: readonly string[]): unknown {
  const database = new DatabaseSync(":memory:");
  try {
    for (const statement of statements) database.exec(statement);
    return undefined;
  } catch (thrown) {
    return thrown;
  } finally {
    database.close();
  }
}

describe("embeddedFailure", () => {
  test("a full disk is the operator's", () => {
    const full = thrownBy(
      "CREATE TABLE t (text)",
      "PRAGMA max_page_count = 2",
      "INSERT INTO t VALUES (zeroblob(100000))",
    );
    expect(embeddedFailure(full, "/data/x")).toBeInstanceOf(OperatorError);
  });

  test("a file that became read-only is the operator's", () => {
    const readOnly = thrownBy("CREATE TABLE t (text)", "PRAGMA query_only = 1", "INSERT INTO t VALUES (1)");
    expect(embeddedFailure(readOnly, "/data/x")).toBeInstanceOf(OperatorError);
  });

  test.each([
    [5, true],
    [261, true],
    [10, false],
    [266, false],
  ])("result code %i: retryable is %s", (errcode, retryable) => {
    const failure = embeddedFailure(Object.assign(new Error("as SQLite says"), { errcode }), "/data/x");
    expect(failure).toBeInstanceOf(ExternalError);
    expect(failure).toMatchObject({ service: "store", retryable });
  });

  test.each([new Error("ours"), "text", null, undefined])("%p is no failure of SQLite and passes", (thrown) => {
    expect(embeddedFailure(thrown, "/data/x")).toBe(thrown);
    expect(isBusy(thrown)).toBe(false);
  });
});
