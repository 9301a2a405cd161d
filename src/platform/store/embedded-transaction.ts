import type { DatabaseSync } from "node:sqlite";

/** All of it or nothing. DEFERRED sees one state and locks when it writes; IMMEDIATE keeps other writers out from the start. */
export function inTransaction<Answer>(
  database: DatabaseSync,
  mode: "DEFERRED" | "IMMEDIATE",
  step: () => Answer,
): Answer {
  database.exec(`BEGIN ${mode}`);
  try {
    const answer = step();
    database.exec("COMMIT");
    return answer;
  } catch (thrown) {
    // SQLite has rolled back by itself where the disk failed.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw thrown;
  }
}
