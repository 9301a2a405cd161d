/**
 * The document store as the rest of the program sees it. One contract (test/store/contract.ts), two
 * implementations: `embedded.ts` and `mongo.ts`. It asks for single-document atomic writes only, no transactions and no
 * change streams, so that a standalone server and a folder serve as well as a replica set.
 *
 * Every operation rejects with OperatorError (somebody can fix it), ExternalError (the store is away; `retryable`)
 * or Bug (we asked for something the contract does not allow). What the caller must expect comes back as a value.
 */
import { z } from "zod";

export type Scalar = string | number | boolean | null;
export type Json = Scalar | readonly Json[] | { readonly [field: string]: Json };

/**
 * A boring document: no array directly inside an array, finite numbers only, dates as ISO 8601 UTC strings, field names
 * without `$` in front and without dots. `revision` counts its replacements and is what compare-and-set compares.
 */
export interface StoredDocument {
  readonly _id: string;
  readonly revision: number;
  readonly [field: string]: Json;
}

/** What one field may be asked. An array field matches when one of its elements does. */
export type Condition =
  | Scalar
  | { readonly $in: readonly Scalar[] }
  | { readonly $exists: boolean }
  | { readonly $gte: Bound; readonly $lt?: Bound }
  | { readonly $lt: Bound };

/** Numbers, or ASCII text such as ISO dates: beyond ASCII the two stores would order differently. */
export type Bound = string | number;

/** All conditions hold. Names are dotted paths (`identity.image`); null also matches a missing field. */
export type FieldFilter = { readonly [path: string]: Condition };

/** A typed subset of MongoDB's filters. A value is always a scalar: text like "$where" stays text. */
export type Filter = FieldFilter | { readonly $and: readonly Filter[] } | { readonly $or: readonly Filter[] };

/** Scalar fields only, first key first; `_id` always breaks ties, so that pages do not overlap. */
export type Sort = readonly (readonly [path: string, direction: 1 | -1])[];

export interface Page {
  readonly sort?: Sort;
  /** 1 to `maxFound`: an answer is never unbounded. */
  readonly limit: number;
  readonly skip?: number;
}

export interface IndexSpec {
  readonly collection: string;
  readonly name: string;
  /** Field names, the equality first, the range or order last. */
  readonly paths: readonly string[];
}

export interface StoreDescription {
  readonly kind: "embedded" | "mongodb";
  /** A path, or a URI without its user and password. */
  readonly where: string;
}

export interface Documents {
  /** Insert if no document has this `_id`; acknowledged means durable. */
  insert(collection: string, document: StoredDocument): Promise<"inserted" | "exists">;
  get(collection: string, id: string): Promise<StoredDocument | undefined>;
  find(collection: string, filter: Filter, page: Page): Promise<readonly StoredDocument[]>;
  count(collection: string, filter: Filter): Promise<number>;
  /**
   * Compare-and-set: `document.revision` is the revision that was read; what is stored has that plus one.
   * `conflict`: somebody replaced it meanwhile. `missing`: nobody has this `_id`.
   */
  replaceIfRevision(collection: string, document: StoredDocument): Promise<"ok" | "conflict" | "missing">;
  /** For retention: how many were deleted. A filter without a condition is a Bug. */
  deleteWhere(collection: string, filter: Filter): Promise<number>;
  /** Idempotent. The same name with other paths is an OperatorError. */
  ensureIndex(index: IndexSpec): Promise<void>;
  /** Resolves when the store answers now; for `doctor` and the start of `serve`. */
  ready(): Promise<void>;
  describe(): StoreDescription;
  close(): Promise<void>;
}

export const maxFound = 10_000;
export const maxDocumentBytes = 8 * 1024 * 1024;

const printable = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);

export const documentId = z.string().min(1).max(512).refine(printable, "has control characters");
export const collectionName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
export const indexName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
export const path = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/);
