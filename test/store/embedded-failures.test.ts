/** What can be wrong with a folder, and that each is told as what it is, with something to do. */
import { closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "@jest/globals";
import { openEmbedded } from "../../src/platform/store/embedded.ts";
import { storeFileName } from "../../src/platform/store/embedded-file.ts";
import { ExternalError, OperatorError } from "../../src/shared/errors.ts";
import { thrownBy } from "./contract-refusals.ts";
import { inFreshFolder } from "./embedded-under-test.ts";

const fileIn = (dir: string): string => join(dir, storeFileName);

function withDatabase(dir: string, use: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(fileIn(dir));
  use(database);
  database.close();
}

const run = (sql: string) => (dir: string) => withDatabase(dir, (database) => database.exec(sql));

const unusable: readonly (readonly [what: string, prepare: (dir: string) => void])[] = [
  ["the file is a folder", (dir) => mkdirSync(fileIn(dir))],
  ["the file is no database", (dir) => writeFileSync(fileIn(dir), "shopping list\n".repeat(500))],
  ["the file is another program's", run("CREATE TABLE cats (name)")],
  ["the file is another program's, without tables yet", run("PRAGMA application_id = 7")],
];

function expectAdvice(thrown: unknown): void {
  expect(thrown).toBeInstanceOf(OperatorError);
  expect(thrown).not.toHaveProperty("nextSteps", []);
}

describe("an embedded store that cannot be used", () => {
  test.each(unusable)("%s", (_what, prepare) =>
    inFreshFolder(async (dir) => {
      prepare(dir);
      expectAdvice(await thrownBy(() => openEmbedded({ dir })));
    })(),
  );

  test(
    "the folder's parent is a file",
    inFreshFolder(async (dir) => {
      writeFileSync(join(dir, "plain"), "");
      expectAdvice(await thrownBy(() => openEmbedded({ dir: join(dir, "plain", "store") })));
    }),
  );

  test("the folder cannot be written, not even by root", async () => {
    expectAdvice(await thrownBy(() => openEmbedded({ dir: "/proc" })));
  });

  test(
    "another program's file stays as it was",
    inFreshFolder(async (dir) => {
      run("CREATE TABLE cats (name)")(dir);
      await thrownBy(() => openEmbedded({ dir }));
      withDatabase(dir, (database) => {
        expect(database.prepare("SELECT name FROM sqlite_schema").all()).toEqual([{ name: "cats" }]);
        expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "delete" });
      });
    }),
  );

  test(
    "a newer layout is refused",
    inFreshFolder(async (dir) => {
      await (await openEmbedded({ dir })).close();
      run("PRAGMA user_version = 2")(dir);
      expectAdvice(await thrownBy(() => openEmbedded({ dir })));
    }),
  );

  test(
    "a page that was overwritten is told as damage, when it is met",
    inFreshFolder(async (dir) => {
      const documents = await openEmbedded({ dir });
      for (let number = 0; number < 100; number += 1) {
        await documents.insert("things", { _id: `t${number}`, revision: 0, text: "x".repeat(1000) });
      }
      await documents.close();
      overwriteAllButTheFirstPage(dir);
      const again = await openEmbedded({ dir });
      const thrown = await thrownBy(() => again.find("things", { text: "y" }, { limit: 1 }));
      await again.close();
      expectAdvice(thrown);
    }),
  );

  test(
    "a document that a hand emptied is told, not passed on",
    inFreshFolder(async (dir) => {
      const documents = await openEmbedded({ dir });
      await documents.insert("things", { _id: "a", revision: 0 });
      run("UPDATE documents_things SET body = '[]'")(dir);
      const thrown = await thrownBy(() => documents.get("things", "a"));
      await documents.close();
      expectAdvice(thrown);
    }),
  );
});

describe("an embedded store that another process holds", () => {
  test(
    "is waited for",
    inFreshFolder(async (dir) => {
      const documents = await openEmbedded({ dir });
      const holder = new DatabaseSync(fileIn(dir));
      holder.exec("BEGIN IMMEDIATE");
      const insert = documents.insert("things", { _id: "a", revision: 0 });
      holder.exec("COMMIT");
      holder.close();
      expect(await insert).toBe("inserted");
      await documents.close();
    }),
  );

  test(
    "but not for ever",
    inFreshFolder(async (dir) => {
      const documents = await openEmbedded({ dir, busyRetries: 2 });
      await documents.count("things", {});
      const holder = new DatabaseSync(fileIn(dir));
      holder.exec("BEGIN IMMEDIATE");
      const thrown = await thrownBy(() => documents.insert("things", { _id: "a", revision: 0 }));
      expect(await documents.count("things", {})).toBe(0);
      holder.close();
      await documents.close();
      expect(thrown).toBeInstanceOf(ExternalError);
      expect(thrown).toMatchObject({ service: "store", retryable: true });
    }),
  );
});

describe("an embedded store", () => {
  test(
    "keeps its folder to its user",
    inFreshFolder(async (dir) => {
      const documents = await openEmbedded({ dir: join(dir, "deep", "store") });
      await documents.close();
      expect(statSync(join(dir, "deep", "store")).mode & 0o777).toBe(0o700);
    }),
  );

  test(
    "deletes more than one batch",
    inFreshFolder(async (dir) => {
      const documents = await openEmbedded({ dir });
      for (let number = 0; number < 1203; number += 1) {
        await documents.insert("things", { _id: `t${number}`, revision: 0, even: number % 2 === 0 });
      }
      expect(await documents.deleteWhere("things", { even: true })).toBe(602);
      expect(await documents.count("things", {})).toBe(601);
      await documents.close();
    }),
  );
});

/** The first page holds the schema: without it the file could not even be opened. */
function overwriteAllButTheFirstPage(dir: string): void {
  const pageSize = 4096;
  const damaged = Buffer.alloc(statSync(fileIn(dir)).size - pageSize, 0x5a);
  const file = openSync(fileIn(dir), "r+");
  writeSync(file, damaged, 0, damaged.length, pageSize);
  closeSync(file);
}
