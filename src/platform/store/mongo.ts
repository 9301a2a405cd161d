/**
 * The store on MongoDB 4.4 or newer, standalone, replica set or sharded. A write is acknowledged once a majority has it
 * in its journal. Nothing hangs: the driver's own `timeoutMS` does nothing in mongodb 7.9, so every operation has a limit of
 * ours, on the server (maxTimeMS) and here. A write that ran out of time may still have happened.
 */
import { type Collection, MongoClient, type MongoClientOptions, type Filter as Query } from "mongodb";
import { explicit } from "./check-filter.ts";
import { checked } from "./checked.ts";
import type { Documents, Filter, Sort, StoredDocument } from "./documents.ts";
import { badUri, isDuplicateKey, mongoFailure, tooLate } from "./mongo-errors.ts";
import { mongoPlace } from "./mongo-uri.ts";

export interface MongoOptions {
  readonly uri: string;
  /** For one operation with everything it needs, a connection included; milliseconds. */
  readonly limitMs?: number;
  /** For building an index over what is there. */
  readonly indexLimitMs?: number;
}

const defaultLimitMs = 5_000;
const defaultIndexLimitMs = 10 * 60_000;
const deleteBatch = 500;

/**
 * Connects with the first operation, and again by itself when the server was away: this never waits and rejects with
 * OperatorError only, if the URI cannot be read.
 */
export async function openMongo(options: MongoOptions): Promise<Documents> {
  const { uri, limitMs = defaultLimitMs, indexLimitMs = defaultIndexLimitMs } = options;
  const place = mongoPlace(uri);
  if (!place) throw badUri();
  const client = clientFor(uri, limitMs);
  const attempt = within(client, place.where, limitMs);
  const patiently = within(client, place.where, indexLimitMs);
  const database = client.db(place.database);
  const collection = (name: string): Collection<StoredDocument> => database.collection<StoredDocument>(name);
  return checked({
    insert: (name, document) => attempt(() => insertOnce(collection(name), document)),
    get: async (name, id) =>
      (await attempt(() => collection(name).findOne({ _id: id }, { maxTimeMS: limitMs }))) ?? undefined,
    find: (name, filter, { sort = [], limit, skip = 0 }) =>
      attempt(() =>
        collection(name)
          .find(queryOf(filter), { sort: wholeOrder(sort), limit, skip, maxTimeMS: limitMs })
          .toArray(),
      ),
    count: (name, filter) => attempt(() => collection(name).countDocuments(queryOf(filter), { maxTimeMS: limitMs })),
    replaceIfRevision: (name, document) => attempt(() => replaceOnce(collection(name), document)),
    deleteWhere: async (name, filter) => {
      let deleted = 0;
      for (let more = true; more; ) {
        const step = await attempt(() => deleteSome(collection(name), filter));
        deleted += step.deleted;
        more = step.more;
      }
      return deleted;
    },
    ensureIndex: ({ collection: name, name: index, paths }) => {
      const keys = paths.map((path) => [path, 1] as const);
      const build = () => collection(name).createIndex(new Map(keys), { name: index, maxTimeMS: indexLimitMs });
      return patiently(async () => void (await build()));
    },
    ready: () => attempt(async () => void (await database.command({ ping: 1 }))),
    describe: () => ({ kind: "mongodb", where: place.where }),
    close: () => inTime(client.close(), place.where, limitMs),
  });
}

/** Less than the whole limit goes to reaching a server, so that the driver can say why it could not. */
function clientFor(uri: string, limitMs: number): MongoClient {
  const reachMs = limitMs * 0.8;
  const options: MongoClientOptions = {
    appName: "node-why",
    serverSelectionTimeoutMS: reachMs,
    connectTimeoutMS: reachMs,
    waitQueueTimeoutMS: reachMs,
    maxPoolSize: 10,
    writeConcern: { w: "majority", journal: true, wtimeoutMS: limitMs },
  };
  try {
    return new MongoClient(uri, options);
  } catch (thrown) {
    throw badUri(thrown);
  }
}

type Attempt = <Answer>(operation: () => Promise<Answer>) => Promise<Answer>;

/**
 * Connecting is asked for each time: it costs nothing once it worked, and a client whose first operation found no server
 * says "Topology is closed" for ever unless it is told to connect again (seen with mongodb 7.9).
 */
function within(client: MongoClient, where: string, limitMs: number): Attempt {
  return (operation) => inTime(client.connect().then(operation), where, limitMs);
}

async function inTime<Answer>(running: Promise<Answer>, where: string, limitMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate(where, limitMs)), limitMs);
  });
  try {
    return await Promise.race([running, late]);
  } catch (thrown) {
    throw mongoFailure(thrown, where);
  } finally {
    clearTimeout(timer);
  }
}

async function insertOnce(
  collection: Collection<StoredDocument>,
  document: StoredDocument,
): Promise<"inserted" | "exists"> {
  try {
    await collection.insertOne(document);
    return "inserted";
  } catch (thrown) {
    if (isDuplicateKey(thrown)) return "exists";
    throw thrown;
  }
}

async function replaceOnce(
  collection: Collection<StoredDocument>,
  document: StoredDocument,
): Promise<"ok" | "conflict" | "missing"> {
  const { _id, revision, ...fields } = document;
  const { matchedCount } = await collection.replaceOne({ _id, revision }, { ...fields, revision: revision + 1 });
  if (matchedCount === 1) return "ok";
  const there = await collection.findOne({ _id }, { projection: { _id: 1 } });
  return there ? "conflict" : "missing";
}

/** One bounded step, so that a delete of many does not run into the limit. */
async function deleteSome(
  collection: Collection<StoredDocument>,
  filter: Filter,
): Promise<{ deleted: number; more: boolean }> {
  const query = queryOf(filter);
  const found = await collection.find(query, { projection: { _id: 1 }, limit: deleteBatch }).toArray();
  const ids = found.map(({ _id }) => _id);
  const { deletedCount } = await collection.deleteMany({ $and: [{ _id: { $in: ids } }, query] });
  return { deleted: deletedCount, more: ids.length === deleteBatch };
}

/** Checked and explicit by now; the driver's type cannot follow paths into a document without a shape. */
const queryOf = (filter: Filter): Query<StoredDocument> => explicit(filter) as Query<StoredDocument>;

function wholeOrder(sort: Sort): Map<string, 1 | -1> {
  const order = new Map(sort);
  return order.has("_id") ? order : order.set("_id", 1);
}
