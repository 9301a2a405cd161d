/** One collection of the embedded store as a SQLite table. Every function is one synchronous step: it happens or not. */
import type { DatabaseSync } from "node:sqlite";
import { Query } from "mingo";
import { messageOf, OperatorError } from "../../shared/errors.ts";
import { explicit, isEmptyFilter } from "./check-filter.ts";
import type { Filter, IndexSpec, Page, StoredDocument } from "./documents.ts";
import { type ArrayElements, arrayElements } from "./embedded-arrays.ts";
import { type Clause, candidates, fieldExpression, orderBy } from "./embedded-query.ts";
import { inTransaction } from "./embedded-transaction.ts";

export interface Table {
  insert(document: StoredDocument): "inserted" | "exists";
  get(id: string): StoredDocument | undefined;
  find(filter: Filter, page: Page): readonly StoredDocument[];
  count(filter: Filter): number;
  replaceIfRevision(document: StoredDocument): "ok" | "conflict" | "missing";
  /** One bounded step of a delete; `more`: there may be others. */
  deleteSome(filter: Filter): { readonly deleted: number; readonly more: boolean };
  ensureIndex(index: IndexSpec): void;
}

/** How many documents one step of a delete takes, so that it neither fills the memory nor blocks other writers. */
const deleteBatch = 500;

/** Tables are made when first used, and remembered as made per process. */
export function embeddedTable(database: DatabaseSync): (collection: string) => Table {
  const tables = new Map<string, Table>();
  return (collection) => {
    const known = tables.get(collection);
    if (known) return known;
    // A collection's name is letters, digits and underscores (checked), so it needs no quoting.
    const name = `documents_${collection}`;
    database.exec(
      `CREATE TABLE IF NOT EXISTS ${name} (
        id TEXT PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL CHECK (json_valid(body))
      ) STRICT`,
    );
    const table = tableNamed(database, name, arrayElements(database, collection));
    tables.set(collection, table);
    return table;
  };
}

function tableNamed(database: DatabaseSync, name: string, arrays: ArrayElements): Table {
  const insertRow = database.prepare(
    `INSERT INTO ${name} (id, revision, body) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  );
  const selectRow = database.prepare(`SELECT body FROM ${name} WHERE id = ?`);
  const updateRow = database.prepare(
    `UPDATE ${name} SET revision = revision + 1, body = ? WHERE id = ? AND revision = ?`,
  );
  const deleteRow = database.prepare(`DELETE FROM ${name} WHERE id = ?`);
  const countRows = database.prepare(`SELECT count(*) AS documents FROM ${name}`);
  const matching = (filter: Filter, order: string) =>
    matches(database, name, candidates(filter, arrays), filter, order);
  return {
    insert: (document) =>
      inTransaction(database, "IMMEDIATE", () => {
        const { changes } = insertRow.run(document._id, document.revision, JSON.stringify(document));
        if (changes === 0) return "exists";
        arrays.add(document);
        return "inserted";
      }),
    get: (id) => {
      const row = selectRow.get(id);
      return row && documentOf(row.body);
    },
    // One state for what is asked about arrays and for the documents.
    find: (filter, { sort = [], limit, skip = 0 }) =>
      inTransaction(database, "DEFERRED", () => take(matching(filter, orderBy(sort)), limit, skip)),
    count: (filter) => {
      if (isEmptyFilter(filter)) return Number(countRows.get()?.documents);
      return inTransaction(database, "DEFERRED", () => lengthOf(matching(filter, "id")));
    },
    replaceIfRevision: (document) =>
      inTransaction(database, "IMMEDIATE", () => {
        const next = { ...document, revision: document.revision + 1 };
        const { changes } = updateRow.run(JSON.stringify(next), document._id, document.revision);
        if (changes === 0) return selectRow.get(document._id) ? "conflict" : "missing";
        arrays.remove(document._id);
        arrays.add(document);
        return "ok";
      }),
    deleteSome: (filter) =>
      inTransaction(database, "IMMEDIATE", () => {
        const ids = take(idsOf(matching(filter, "id")), deleteBatch);
        for (const id of ids) {
          arrays.remove(id);
          deleteRow.run(id);
        }
        return { deleted: ids.length, more: ids.length === deleteBatch };
      }),
    ensureIndex: (index) => ensureIndex(database, name, index),
  };
}

/** One document at a time, so that a large collection is never in memory; SQLite does the sorting. */
function* matches(
  database: DatabaseSync,
  name: string,
  clause: Clause,
  filter: Filter,
  order: string,
): Generator<StoredDocument> {
  const query = new Query<StoredDocument>(explicit(filter), {});
  const rows = database.prepare(`SELECT body FROM ${name} WHERE ${clause.sql} ORDER BY ${order}`);
  for (const row of rows.iterate(...clause.parameters)) {
    const document = documentOf(row.body);
    if (query.test(document)) yield document;
  }
}

function take<Item>(items: Iterable<Item>, atMost: number, skip = 0): readonly Item[] {
  const taken: Item[] = [];
  let passed = 0;
  for (const item of items) {
    passed += 1;
    if (passed > skip) taken.push(item);
    if (taken.length === atMost) break;
  }
  return taken;
}

function lengthOf(items: Iterable<unknown>): number {
  let length = 0;
  for (const _ of items) length += 1;
  return length;
}

function* idsOf(documents: Iterable<StoredDocument>): Generator<string> {
  for (const document of documents) yield document._id;
}

/** What we wrote ourselves and checked then; only a hand can have changed its shape since. */
function documentOf(body: unknown): StoredDocument {
  try {
    const document: unknown = JSON.parse(String(body));
    if (isStored(document)) return document;
  } catch (thrown) {
    throw handMade(messageOf(thrown));
  }
  throw handMade(`no _id or revision in ${String(body).slice(0, 100)}`);
}

function isStored(document: unknown): document is StoredDocument {
  if (typeof document !== "object" || document === null) return false;
  return (
    "_id" in document &&
    typeof document._id === "string" &&
    "revision" in document &&
    typeof document.revision === "number"
  );
}

const handMade = (what: string): OperatorError =>
  new OperatorError(`a document in the store was changed by hand and cannot be read: ${what}`, [
    "Restore the store from a backup.",
  ]);

function ensureIndex(database: DatabaseSync, table: string, index: IndexSpec): void {
  const name = `"${index.collection}.${index.name}"`;
  const wanted = `CREATE INDEX ${name} ON ${table} (${index.paths.map(fieldExpression).join(", ")})`;
  const found = database.prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?");
  const existing = found.get(`${index.collection}.${index.name}`);
  if (existing && existing.sql !== wanted) throw otherIndex(index);
  if (!existing) database.exec(wanted.replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"));
}

const otherIndex = (index: IndexSpec): OperatorError =>
  new OperatorError(`the index ${index.name} on ${index.collection} exists with other fields`, [
    "Drop that index by hand and run the migrations again.",
  ]);
