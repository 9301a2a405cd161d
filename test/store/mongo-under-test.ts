import { MongoClient } from "mongodb";
import type { Documents } from "../../src/platform/store/documents.ts";
import { openMongo } from "../../src/platform/store/mongo.ts";
import type { StoreUnderTest } from "./store-under-test.ts";

let databases = 0;

/** A database of its own on the server, dropped when the test is done with it. */
export async function openMongoUnderTest(uri: string): Promise<StoreUnderTest> {
  databases += 1;
  const own = uri.replace(
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/,
    `$1/node_why_test_${process.pid}_${databases}`,
  );
  const opened: Documents[] = [];
  const again = async (): Promise<Documents> => {
    const documents = await openMongo({ uri: own });
    opened.push(documents);
    return documents;
  };
  const dispose = async (): Promise<void> => {
    for (const documents of opened) await documents.close();
    const client = new MongoClient(own, { serverSelectionTimeoutMS: 5000 });
    await client.db().dropDatabase();
    await client.close();
  };
  return { documents: await again(), again, dispose };
}
