import { describe, expect, test } from "@jest/globals";
import type { Filter, IndexSpec, Page, StoredDocument } from "../../src/platform/store/documents.ts";
import { Bug, OperatorError } from "../../src/shared/errors.ts";
import { type OpenStoreUnderTest, onFreshStore } from "./store-under-test.ts";

/** What no caller in TypeScript could write, and what a stranger's JSON could still be. */
const untyped = <Wanted>(value: unknown): Wanted => value as Wanted;

const nested = (levels: number): unknown => (levels === 0 ? 1 : { next: nested(levels - 1) });

const refusedDocuments: readonly (readonly [what: string, fields: object])[] = [
  ["no _id", { _id: undefined }],
  ["an empty _id", { _id: "" }],
  ["an _id that is a document", { _id: { $gt: "" } }],
  ["an _id with a line end", { _id: "a\nb" }],
  ["an _id that is too long", { _id: "x".repeat(513) }],
  ["no revision", { revision: undefined }],
  ["a revision that is text", { revision: "0" }],
  ["a revision below 0", { revision: -1 }],
  ["NaN", { value: Number.NaN }],
  ["infinity", { value: [1, Number.POSITIVE_INFINITY] }],
  ["undefined", { value: undefined }],
  ["a Date", { value: new Date(0) }],
  ["a Map", { value: new Map() }],
  ["a function", { value: () => 1 }],
  ["a bigint", { value: 1n }],
  ["an array inside an array", { value: [1, [2]] }],
  ["a field that is an operator", { value: { $set: 1 } }],
  ["a field with a dot", { "a.b": 1 }],
  ["a field without a name", { value: { "": 1 } }],
  ["a field with a NUL", { "a\0": 1 }],
  ["a prototype", JSON.parse('{"value": {"__proto__": {"admin": true}}}')],
  ["too many levels", { value: nested(60) }],
  ["9 MiB", { value: "x".repeat(9 * 1024 * 1024) }],
];

const refusedFilters: readonly (readonly [what: string, filter: unknown])[] = [
  ["$where", { $where: "sleep(1000)" }],
  ["$expr", { $expr: { $eq: [1, 1] } }],
  ["an operator we do not have", { node: { $regex: ".*" } }],
  ["$ne", { node: { $ne: null } }],
  ["an operator beside one we have", { node: { $exists: true, $regex: ".*" } }],
  ["two operators that are no range", { node: { $exists: true, $gte: 1 } }],
  ["no operator", { node: {} }],
  ["a document as a value", { node: { name: "worker-1" } }],
  ["a list as a value", { node: ["worker-1"] }],
  ["an operator inside $in", { node: { $in: [{ $gt: "" }] } }],
  ["too many choices", { node: { $in: Array.from({ length: 1001 }, (_, choice) => choice) } }],
  ["a bound beyond ASCII", { node: { $gte: "é" } }],
  ["a bound that is null", { node: { $gte: null } }],
  ["NaN", { node: Number.NaN }],
  ["undefined", { node: undefined }],
  ["a date", { at: new Date(0) }],
  ["a path with an operator", { "node.$gt": 1 }],
  ["a path into an array by number", { "reports.0": 1 }],
  ["a path that is SQL", { "node') OR 1=1 --": 1 }],
  ["an inherited name", { node: { constructor: true } }],
  ["$and beside a field", { node: "a", $and: [{ node: "b" }] }],
  ["$or without branches", { $or: [] }],
  ["$or with a scalar", { $or: "a" }],
  ["$not inside $and", { $and: [{ $not: { node: "a" } }] }],
];

const refusedPages: readonly (readonly [what: string, page: unknown])[] = [
  ["no limit", {}],
  ["limit 0", { limit: 0 }],
  ["a limit beyond all bounds", { limit: 10_001 }],
  ["half a limit", { limit: 1.5 }],
  ["a negative skip", { limit: 1, skip: -1 }],
  ["a sort by an operator", { limit: 1, sort: [["$natural", 1]] }],
  ["a sort that is SQL", { limit: 1, sort: [["at') DESC --", 1]] }],
  ["a direction that is text", { limit: 1, sort: [["at", "ASC; DROP TABLE"]] }],
];

const refusedCollections: readonly string[] = [
  "",
  "Things",
  "sqlite_master;",
  "a b",
  "$cmd",
  "system.users",
  "x".repeat(64),
];

const refusedDeletes: readonly Filter[] = [{}, { $and: [{}] }, { $or: [{ node: "a" }, {}] }];

const things = (spec: object): IndexSpec =>
  untyped({ collection: "things", name: "by_node", paths: ["node"], ...spec });

export function refusalContract(open: OpenStoreUnderTest): void {
  describe("what no store takes", () => {
    test(
      "documents",
      onFreshStore(open, async ({ documents }) => {
        for (const [what, fields] of refusedDocuments) {
          const document = untyped<StoredDocument>({ _id: "a", revision: 0, ...fields });
          await expectBug(what, () => documents.insert("things", document));
          await expectBug(what, () => documents.replaceIfRevision("things", document));
        }
        expect(await documents.count("things", {})).toBe(0);
      }),
    );

    test(
      "filters, in every operation that takes one",
      onFreshStore(open, async ({ documents }) => {
        for (const [what, raw] of refusedFilters) {
          const filter = untyped<Filter>(raw);
          await expectBug(what, () => documents.find("things", filter, { limit: 1 }));
          await expectBug(what, () => documents.count("things", filter));
          await expectBug(what, () => documents.deleteWhere("things", filter));
        }
      }),
    );

    test(
      "pages, collections, ids and indexes",
      onFreshStore(open, async ({ documents }) => {
        for (const [what, page] of refusedPages) {
          await expectBug(what, () => documents.find("things", {}, untyped<Page>(page)));
        }
        for (const name of refusedCollections) await expectBug(name, () => documents.get(name, "a"));
        await expectBug("an id that is a document", () => documents.get("things", untyped({ $gt: "" })));
        await expectBug("an index without paths", () => documents.ensureIndex(things({ paths: [] })));
        await expectBug("an index on SQL", () => documents.ensureIndex(things({ paths: ["a'), (b"] })));
        await expectBug("an index with a bad name", () => documents.ensureIndex(things({ name: 'x" ON y' })));
      }),
    );

    test(
      "a delete without a condition",
      onFreshStore(open, async ({ documents }) => {
        await documents.insert("things", { _id: "a", revision: 0, node: "a" });
        for (const filter of refusedDeletes) {
          await expectBug(JSON.stringify(filter), () => documents.deleteWhere("things", filter));
        }
        expect(await documents.count("things", {})).toBe(1);
      }),
    );

    test(
      "an index by a name that has other fields",
      onFreshStore(open, async ({ documents }) => {
        await documents.ensureIndex(things({}));
        await documents.ensureIndex(things({}));
        const other = await thrownBy(() => documents.ensureIndex(things({ paths: ["openedAt"] })));
        expect(other).toBeInstanceOf(OperatorError);
      }),
    );
  });
}

async function expectBug(what: string, run: () => Promise<unknown>): Promise<void> {
  const thrown = await thrownBy(run);
  expect({ what, thrown: thrown instanceof Bug ? "Bug" : thrown }).toEqual({ what, thrown: "Bug" });
}

/** What a promise rejects with, or "nothing". */
export async function thrownBy(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return "nothing";
  } catch (thrown) {
    return thrown;
  }
}
