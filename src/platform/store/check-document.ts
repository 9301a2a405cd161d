/**
 * What both stores check of a document before they take it, so that neither ever holds what the other could not.
 * Everything here throws Bug: callers validated what strangers sent long before.
 */
import type { z } from "zod";
import { Bug } from "../../shared/errors.ts";
import {
  collectionName,
  documentId,
  type IndexSpec,
  indexName,
  type Json,
  maxDocumentBytes,
  path,
  type Scalar,
  type StoredDocument,
} from "./documents.ts";

const maxDepth = 50;

function must(schema: z.ZodType<string>, value: unknown, what: string): void {
  if (!schema.safeParse(value).success) throw new Bug(`not a valid ${what}: ${JSON.stringify(value)?.slice(0, 200)}`);
}

export const checkCollection = (name: string): void => must(collectionName, name, "collection name");
export const checkId = (id: string): void => must(documentId, id, "document id");
export const checkPath = (name: string): void => must(path, name, "field path");

export function checkIndex(index: IndexSpec): void {
  must(indexName, index.name, "index name");
  if (index.paths.length === 0) throw new Bug(`index ${index.name} has no paths`);
  for (const name of index.paths) checkPath(name);
}

/**
 * The document as both stores keep it: plain, with text that is well-formed Unicode (a log line cut in the middle of
 * a surrogate pair becomes U+FFFD here and not differently in each store).
 */
export function toStored(document: StoredDocument): StoredDocument {
  checkId(document._id);
  const { revision } = document;
  if (!Number.isSafeInteger(revision) || revision < 0) throw new Bug(`not a revision: ${revision}`);
  const fields = plainFields(document, document._id, 0);
  const stored: StoredDocument = { ...fields, _id: document._id, revision };
  if (Buffer.byteLength(JSON.stringify(stored)) > maxDocumentBytes) throw new Bug(`${document._id} is too large`);
  return stored;
}

function plainFields(fields: object, where: string, depth: number): { readonly [field: string]: Json } {
  const prototype: unknown = Object.getPrototypeOf(fields);
  if (prototype !== Object.prototype && prototype !== null) throw new Bug(`${where} is not a plain object`);
  if (depth > maxDepth) throw new Bug(`${where} is too deep`);
  const entries = Object.entries(fields).map(([name, value]) => {
    checkFieldName(name, where);
    return [name.toWellFormed(), plain(value, `${where}.${name}`, depth + 1)] as const;
  });
  return Object.fromEntries(entries);
}

function checkFieldName(name: string, where: string): void {
  const refused = name === "" || name === "__proto__" || name.startsWith("$") || /[.\0]/.test(name);
  if (refused) throw new Bug(`${where} has a field that no store takes: ${JSON.stringify(name)}`);
}

function plain(value: unknown, where: string, depth: number): Json {
  if (Array.isArray(value)) return value.map((item, index) => element(item, `${where}.${index}`, depth));
  if (typeof value === "object" && value !== null) return plainFields(value, where, depth);
  return plainScalar(value, where);
}

function element(value: unknown, where: string, depth: number): Json {
  if (Array.isArray(value)) throw new Bug(`${where} is an array inside an array`);
  return plain(value, where, depth);
}

function plainScalar(value: unknown, where: string): Scalar {
  if (typeof value === "string") return value.toWellFormed();
  // Adding 0 turns -0, which JSON cannot say, into 0.
  if (typeof value === "number" && Number.isFinite(value)) return value + 0;
  if (typeof value === "boolean" || value === null) return value;
  throw new Bug(`${where} is no value a document can hold: ${String(value)}`);
}
