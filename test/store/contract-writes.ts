import { describe, expect, test } from "@jest/globals";
import type { Json } from "../../src/platform/store/documents.ts";
import { Bug } from "../../src/shared/errors.ts";
import { thrownBy } from "./contract-refusals.ts";
import { addOne } from "./counter.ts";
import { type OpenStoreUnderTest, onFreshStore, race } from "./store-under-test.ts";

const racers = 20;

/** Text from nodes, logs and people: it must come back as it went in, whatever it looks like. */
const hostileValues: readonly (readonly [what: string, value: Json])[] = [
  ["an operator as text", "$where"],
  ["a program as text", "$where: sleep(1000) || true"],
  ["SQL as text", "'); DROP TABLE documents_things; --"],
  ["markup", "<!channel> <@U012> *x*"],
  ["JSON as text", '{"$gt": ""}'],
  ["a NUL", "before\0after"],
  ["every control character", String.fromCharCode(...Array.from({ length: 32 }, (_, code) => code))],
  ["astral text", "node 🧨 𝔫𝔬𝔡𝔢"],
  ["a long line", "x".repeat(200_000)],
  ["empty text", ""],
  ["large and small numbers", [0, -1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53) + 1, 1.5, 1e300, 5e-324]],
  ["booleans and null", [true, false, null]],
  ["documents in arrays in documents", { list: [{ names: ["a", "b"], at: { deep: [] } }, {}] }],
  ["dates and object ids as text", ["2026-11-16T00:00:00.000Z", "507f1f77bcf86cd799439011"]],
  ["extended JSON look-alikes", { oid: "507f1f77bcf86cd799439011", numberLong: "1" }],
];

const hostileIds: readonly string[] = [
  "$where",
  "a/b:c",
  "../../etc/passwd",
  "' OR 1=1 --",
  "ünï 🧨",
  "a.b.c",
  "0",
  "null",
];

export function writeContract(open: OpenStoreUnderTest): void {
  describe("insert and get", () => {
    test(
      "insert happens once per _id and does not touch what is there",
      onFreshStore(open, async ({ documents }) => {
        expect(await documents.get("things", "a")).toBeUndefined();
        expect(await documents.insert("things", { _id: "a", revision: 0, colour: "red" })).toBe("inserted");
        expect(await documents.insert("things", { _id: "a", revision: 0, colour: "blue" })).toBe("exists");
        expect(await documents.get("things", "a")).toEqual({ _id: "a", revision: 0, colour: "red" });
        expect(await documents.get("others", "a")).toBeUndefined();
      }),
    );

    test.each(hostileValues)("%s comes back as it went in", (_what, value) =>
      onFreshStore(open, async ({ documents }) => {
        const document = { _id: "a", revision: 0, value };
        await documents.insert("things", document);
        expect(await documents.get("things", "a")).toEqual(document);
      })(),
    );

    test(
      "half a surrogate pair becomes U+FFFD, and -0 becomes 0",
      onFreshStore(open, async ({ documents }) => {
        await documents.insert("things", { _id: "a", revision: 0, cut: "x\ud83e", zero: -0 });
        expect(await documents.get("things", "a")).toEqual({ _id: "a", revision: 0, cut: "x\ufffd", zero: 0 });
      }),
    );

    test(
      "ids that look like operators, paths or queries are ids",
      onFreshStore(open, async ({ documents }) => {
        for (const _id of hostileIds) expect(await documents.insert("things", { _id, revision: 0 })).toBe("inserted");
        for (const _id of hostileIds) expect(await documents.get("things", _id)).toEqual({ _id, revision: 0 });
        expect(await documents.count("things", {})).toBe(hostileIds.length);
      }),
    );

    test(
      `of ${racers} racing inserts of one _id, one wins`,
      onFreshStore(open, async ({ documents, again }) => {
        const connections = [documents, await again()];
        const answers = await race(racers, connections, (store, racer) =>
          store.insert("things", { _id: "one", revision: 0, racer }),
        );
        expect(answers.filter((answer) => answer === "inserted")).toHaveLength(1);
        const winner = answers.indexOf("inserted");
        expect(await documents.get("things", "one")).toEqual({ _id: "one", revision: 0, racer: winner });
      }),
    );
  });

  describe("compare-and-set", () => {
    test(
      "replaces the revision that was read, and only that",
      onFreshStore(open, async ({ documents }) => {
        expect(await documents.replaceIfRevision("things", { _id: "a", revision: 0 })).toBe("missing");
        await documents.insert("things", { _id: "a", revision: 0, old: true });
        expect(await documents.replaceIfRevision("things", { _id: "a", revision: 0, colour: "red" })).toBe("ok");
        expect(await documents.replaceIfRevision("things", { _id: "a", revision: 0, colour: "blue" })).toBe("conflict");
        expect(await documents.replaceIfRevision("things", { _id: "a", revision: 7, colour: "blue" })).toBe("conflict");
        expect(await documents.get("things", "a")).toEqual({ _id: "a", revision: 1, colour: "red" });
      }),
    );

    test(
      `no step of ${racers} racing counters is lost`,
      onFreshStore(open, async ({ documents, again }) => {
        await documents.insert("things", { _id: "counter", revision: 0, steps: 0 });
        await race(racers, [documents, await again()], addOne);
        expect(await documents.get("things", "counter")).toEqual({ _id: "counter", revision: racers, steps: racers });
      }),
    );
  });

  describe("delete", () => {
    test(
      "takes what matches, says how many, and leaves the rest",
      onFreshStore(open, async ({ documents }) => {
        for (const day of ["01", "02", "03"]) {
          await documents.insert("things", { _id: day, revision: 0, at: `2026-11-${day}` });
        }
        expect(await documents.deleteWhere("things", { at: { $lt: "2026-11-03" } })).toBe(2);
        expect(await documents.deleteWhere("things", { at: { $lt: "2026-11-03" } })).toBe(0);
        expect(await documents.find("things", {}, { limit: 10 })).toEqual([
          { _id: "03", revision: 0, at: "2026-11-03" },
        ]);
        expect(await documents.insert("things", { _id: "01", revision: 0 })).toBe("inserted");
      }),
    );
  });

  describe("life", () => {
    test(
      "what one connection wrote, the next one reads",
      onFreshStore(open, async ({ documents, again }) => {
        await documents.insert("things", { _id: "a", revision: 0 });
        await documents.close();
        await documents.close();
        const later = await again();
        await later.ready();
        expect(await later.get("things", "a")).toEqual({ _id: "a", revision: 0 });
        expect(await thrownBy(() => documents.get("things", "a"))).toBeInstanceOf(Bug);
        expect(await thrownBy(() => documents.ready())).toBeInstanceOf(Bug);
      }),
    );
  });
}
