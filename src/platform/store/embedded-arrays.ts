/**
 * What arrays hold, one row per element, beside the documents: an array field matches by its elements, and SQLite has no
 * index into arrays. Kept in the same transaction as the document. Only what `candidates` may ask for is kept: text and
 * numbers directly in an array that is a field of the document.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Json, StoredDocument } from "./documents.ts";

export interface ArrayElements {
  /** The table, with the columns field, value and id. */
  readonly table: string;
  /** Whether this field is an array with elements in any document. */
  isArray(field: string): boolean;
  add(document: StoredDocument): void;
  remove(id: string): void;
}

export function arrayElements(database: DatabaseSync, collection: string): ArrayElements {
  const table = `elements_${collection}`;
  database.exec(
    `CREATE TABLE IF NOT EXISTS ${table} (
      field TEXT, value ANY, id TEXT, PRIMARY KEY (field, value, id)
    ) STRICT, WITHOUT ROWID`,
  );
  database.exec(`CREATE INDEX IF NOT EXISTS ${table}_by_id ON ${table} (id)`);
  const insertRow = database.prepare(`INSERT INTO ${table} (field, value, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`);
  const deleteRows = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
  const anyRow = database.prepare(`SELECT 1 FROM ${table} WHERE field = ? LIMIT 1`);
  return {
    table,
    isArray: (field) => anyRow.get(field) !== undefined,
    add: (document) => {
      for (const [field, value] of elementsOf(document)) insertRow.run(field, value, document._id);
    },
    remove: (id) => {
      deleteRows.run(id);
    },
  };
}

export type Operand = string | number;

/** What SQLite compares as MongoDB does; text with a NUL is undefined there by its manual. */
export const isOperand = (value: unknown): value is Operand =>
  typeof value === "number" || (typeof value === "string" && !value.includes("\0"));

function elementsOf(document: StoredDocument): readonly (readonly [field: string, value: Operand])[] {
  return Object.entries(document).flatMap(([field, value]) =>
    isList(value) ? value.filter(isOperand).map((element) => [field, element] as const) : [],
  );
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
