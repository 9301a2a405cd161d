import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Documents, Filter, Scalar, StoredDocument } from "../../src/platform/store/documents.ts";
import { matchesFilter } from "./filter-oracle.ts";
import { type OpenStoreUnderTest, onFreshStore } from "./store-under-test.ts";

const incident = (_id: string, fields: object): StoredDocument => ({ _id, revision: 0, ...fields });

const incidents: readonly StoredDocument[] = [
  incident("a", { node: "worker-1", at: "2026-11-01", roots: ["disk-full"], identity: { zone: "z1" }, closedAt: null }),
  incident("b", {
    node: "worker-1",
    at: "2026-11-02",
    roots: ["disk-full", "oom"],
    identity: { zone: "z2" },
    closedAt: "2026-11-03",
  }),
  incident("c", {
    node: "$where",
    at: "2026-11-03",
    roots: [],
    identity: {},
    reports: [{ verdict: "likely" }, { verdict: "none" }],
  }),
  incident("d", { node: "[", at: 5, roots: "disk-full", identity: [{ zone: "z1" }], closedAt: false }),
];

const table: readonly (readonly [what: string, filter: Filter, ids: string])[] = [
  ["no condition", {}, "abcd"],
  ["equality", { node: "worker-1" }, "ab"],
  ["equality by _id", { _id: "c" }, "c"],
  ["text that looks like an operator", { node: "$where" }, "c"],
  ["text that looks like an array", { node: "[" }, "d"],
  ["one element of an array, or the scalar", { roots: "disk-full" }, "abd"],
  ["null is null or missing", { closedAt: null }, "ac"],
  ["false is not 0 and not missing", { closedAt: false }, "d"],
  ["0 is not false", { closedAt: 0 }, ""],
  ["a dotted path, through an array too", { "identity.zone": "z1" }, "ad"],
  ["a dotted path into documents of an array", { "reports.verdict": "none" }, "c"],
  ["$in", { node: { $in: ["[", "$where", "nobody"] } }, "cd"],
  ["$in with null", { closedAt: { $in: [null, "2026-11-03"] } }, "abc"],
  ["$in of nothing", { node: { $in: [] } }, ""],
  ["$exists", { reports: { $exists: true } }, "c"],
  ["$exists: a null exists", { closedAt: { $exists: true } }, "abd"],
  ["$exists: not", { closedAt: { $exists: false } }, "c"],
  ["from, of the same type only", { at: { $gte: "2026-11-02" } }, "bc"],
  ["to, excluded", { at: { $lt: "2026-11-02" } }, "a"],
  ["from and to", { at: { $gte: "2026-11-01", $lt: "2026-11-03" } }, "ab"],
  ["numbers", { at: { $gte: 5, $lt: 6 } }, "d"],
  ["a range of _id", { _id: { $gte: "b", $lt: "d" } }, "bc"],
  ["two fields", { node: "worker-1", roots: "oom" }, "b"],
  ["$and", { $and: [{ node: "worker-1" }, { at: { $gte: "2026-11-02" } }] }, "b"],
  ["$or", { $or: [{ node: "$where" }, { roots: "oom" }] }, "bc"],
  ["$or with a branch only mingo decides", { $or: [{ node: "$where" }, { "identity.zone": "z2" }] }, "bc"],
  ["$or inside $and", { $and: [{ closedAt: null }, { $or: [{ node: "[" }, { node: "$where" }] }] }, "c"],
];

export function filterContract(open: OpenStoreUnderTest, runs: number): void {
  describe("filters", () => {
    test(
      "the table",
      onFreshStore(open, async ({ documents }) => {
        for (const document of incidents) await documents.insert("incidents", document);
        const answers: string[][] = [];
        for (const [what, filter] of table) answers.push([what, await idsOf(documents, filter)]);
        expect(answers).toEqual(table.map(([what, , ids]) => [what, ids]));
      }),
    );

    test(
      "an array is found by what it holds now",
      onFreshStore(open, async ({ documents }) => {
        await documents.insert("incidents", incident("a", { roots: ["oom", "disk-full"] }));
        await documents.insert("incidents", incident("b", { roots: ["oom"] }));
        await documents.replaceIfRevision("incidents", incident("a", { roots: ["disk-full", "inodes-out"] }));
        expect(await idsOf(documents, { roots: "oom" })).toBe("b");
        expect(await idsOf(documents, { roots: "inodes-out" })).toBe("a");
        await documents.replaceIfRevision("incidents", incident("b", { roots: "inodes-out" }));
        expect(await idsOf(documents, { roots: { $in: ["inodes-out", "oom"] } })).toBe("ab");
        await documents.deleteWhere("incidents", { roots: "disk-full" });
        await documents.insert("incidents", incident("a", {}));
        expect(await idsOf(documents, { roots: { $gte: "a", $lt: "z" } })).toBe("b");
      }),
    );

    test(
      "any filter finds what MongoDB's rules say, with and without an index",
      onFreshStore(open, async ({ documents }) => {
        const stored = fc
          .sample(things, { numRuns: 60, seed: 7 })
          .map((fields, number) => ({ ...fields, _id: `t${number}`, revision: 0 }));
        for (const document of stored) await documents.insert("things", document);
        const agrees = fc.asyncProperty(filters, async (filter) => {
          const expected = stored.filter((document) => matchesFilter(document, filter)).map(({ _id }) => _id);
          const found = await documents.find("things", filter, { limit: 100 });
          expect(found.map(({ _id }) => _id)).toEqual(expected.toSorted());
          expect(await documents.count("things", filter)).toBe(expected.length);
        });
        await fc.assert(agrees, { numRuns: runs, seed: 11 });
        await documents.ensureIndex({ collection: "things", name: "by_name", paths: ["name", "size"] });
        await fc.assert(agrees, { numRuns: runs, seed: 12 });
      }),
    );
  });
}

async function idsOf(documents: Documents, filter: Filter): Promise<string> {
  const found = await documents.find("incidents", filter, { limit: 10 });
  expect(await documents.count("incidents", filter)).toBe(found.length);
  return found.map(({ _id }) => _id).join("");
}

/** Few values, so that conditions often hold; among them all that SQLite and MongoDB see differently. */
const text = fc.constantFrom("", "a", "b", "B", "[", '["a"]', "\\", "$gt", "1", "true", "é", "a\0b", "🧨");
const number = fc.constantFrom(0, 1, -1, 1.5, 2 ** 40);
const scalar: fc.Arbitrary<Scalar> = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const listOrScalar = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
const things = fc.record(
  {
    name: listOrScalar,
    size: listOrScalar,
    identity: fc.record({ zone: scalar }, { requiredKeys: [] }),
    reports: fc.array(fc.record({ verdict: text }), { maxLength: 3 }),
  },
  { requiredKeys: ["reports"] },
);

const bound = fc.oneof(fc.constantFrom("", "a", "b", "[", "1"), number);
const condition = fc.oneof(
  scalar,
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $gte: bound }),
  fc.record({ $lt: bound }),
  fc.record({ $gte: bound, $lt: bound }),
);
const fieldFilter: fc.Arbitrary<Filter> = fc.oneof(
  fc.dictionary(fc.constantFrom("name", "size", "identity.zone"), condition, { minKeys: 1, noNullPrototype: true }),
  fc.record({ "reports.verdict": text }),
  fc.record({ _id: fc.constantFrom("t1", "t2", "nobody") }),
);
const filters: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 3, arbitrary: fieldFilter },
  { weight: 1, arbitrary: fc.record({ $and: fc.array(fieldFilter, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ $or: fc.array(fieldFilter, { minLength: 1, maxLength: 3 }) }) },
);
