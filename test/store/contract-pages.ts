import { describe, expect, test } from "@jest/globals";
import type { Documents, Page } from "../../src/platform/store/documents.ts";
import { type OpenStoreUnderTest, onFreshStore } from "./store-under-test.ts";

const rows: readonly (readonly [_id: string, fields: object])[] = [
  ["e", { name: "b", size: 2 }],
  ["d", { name: "a", size: 10 }],
  ["c", { name: "é", size: 2 }],
  ["b", { name: "🧨", size: 1.5 }],
  ["a", { name: "\uffee" }],
  ["f", { name: "B", size: -3, identity: { zone: "z" } }],
];

const pages: readonly (readonly [what: string, page: Page, ids: string])[] = [
  ["by _id where nothing is said", { limit: 10 }, "abcdef"],
  ["the first two", { limit: 2 }, "ab"],
  ["the next two", { limit: 2, skip: 2 }, "cd"],
  ["beyond the end", { limit: 2, skip: 6 }, ""],
  ["numbers as numbers, missing first, ties by _id", { limit: 10, sort: [["size", 1]] }, "afbced"],
  ["downwards, missing last, ties still by _id upwards", { limit: 10, sort: [["size", -1]] }, "dcebfa"],
  ["text by its bytes", { limit: 10, sort: [["name", 1]] }, "fdecab"],
  [
    "two keys",
    {
      limit: 10,
      sort: [
        ["size", -1],
        ["name", 1],
      ],
    },
    "decbfa",
  ],
  ["a dotted path", { limit: 1, sort: [["identity.zone", -1]] }, "f"],
  ["by _id downwards", { limit: 3, sort: [["_id", -1]] }, "fed"],
];

export function pageContract(open: OpenStoreUnderTest): void {
  describe("pages", () => {
    test(
      "the table",
      onFreshStore(open, async ({ documents }) => {
        for (const [_id, fields] of rows) await documents.insert("things", { _id, revision: 0, ...fields });
        const answers: string[][] = [];
        for (const [what, page] of pages) answers.push([what, await idsOf(documents, page)]);
        expect(answers).toEqual(pages.map(([what, , ids]) => [what, ids]));
      }),
    );
  });
}

async function idsOf(documents: Documents, page: Page): Promise<string> {
  const found = await documents.find("things", {}, page);
  return found.map(({ _id }) => _id).join("");
}
