/** Opening the one file of the embedded store: made where it is missing, refused where it is not ours or newer. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { messageOf, OperatorError } from "../../shared/errors.ts";
import { inTransaction } from "./embedded-transaction.ts";

export const storeFileName = "node-why.sqlite";

/** Marks the file as ours ("nwhy"), so that somebody else's database is never written to. */
const applicationId = 0x6e776879;
/** The layout of the tables, not of the documents in them: those have migrations. */
const layoutVersion = 1;

/**
 * How long SQLite itself waits for another process, milliseconds. It blocks the whole program while it waits, so it is
 * short, and `embedded.ts` asks again without blocking.
 */
const busyTimeoutMs = 25;

export function makeFolder(dir: string): void {
  try {
    makeWithParents(resolve(dir));
  } catch (thrown) {
    throw new OperatorError(
      `the store's folder ${dir} cannot be made: ${messageOf(thrown)}`,
      ["Set store.dir in the config to a folder that this user may write to."],
      { cause: thrown },
    );
  }
}

/** Step by step from the top: Node's own recursive mkdir never returns where a file system such as /proc answers ENOENT. */
function makeWithParents(dir: string): void {
  if (existsSync(dir)) return;
  if (dirname(dir) !== dir) makeWithParents(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (thrown) {
    if (!existsSync(dir)) throw thrown; // another process may have been faster
  }
}

/** Throws SQLite's own errors; OperatorError where the file is another program's or a newer node-why's. */
export function openFile(dir: string): DatabaseSync {
  const database = new DatabaseSync(join(dir, storeFileName), { timeout: busyTimeoutMs });
  try {
    claimFile(database, join(dir, storeFileName));
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function claimFile(database: DatabaseSync, file: string): void {
  if (inTransaction(database, "DEFERRED", () => isOurs(database, file))) return;
  inTransaction(database, "IMMEDIATE", () => {
    // Another process may have made it since we looked.
    if (isOurs(database, file)) return;
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${layoutVersion}`);
  });
}

/** true: ours. false: empty, nobody's yet. Asked inside a transaction: another process may be making it just now. */
function isOurs(database: DatabaseSync, file: string): boolean {
  const owner = pragma(database, "application_id");
  const version = pragma(database, "user_version");
  if (owner === applicationId && version <= layoutVersion) return true;
  if (owner === applicationId) {
    throw new OperatorError(
      `the store ${file} was made by a newer node-why (layout ${version}, this one knows ${layoutVersion})`,
      [
        "Run the newer node-why again, or a newer one still.",
        "To go back, restore the file that was saved before the upgrade.",
      ],
    );
  }
  const tables = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.tables;
  if (owner === 0 && version === 0 && tables === 0) return false;
  throw new OperatorError(`${file} is another program's database`, [
    "Set store.dir in the config to a folder that holds nothing else.",
  ]);
}

function pragma(database: DatabaseSync, name: "application_id" | "user_version"): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
