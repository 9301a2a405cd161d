/** One digest from many bots, on a server that speaks MongoDB's protocol; see mongo.test.ts for MONGODB_URI. */
import { expect, test } from "@jest/globals";
import { MongoClient } from "mongodb";
import type { Documents } from "../../src/platform/store/documents.ts";
import { openMongo } from "../../src/platform/store/mongo.ts";
import { digestRace } from "../store/digest-race.ts";
import type { StoreUnderTest } from "../store/store-under-test.ts";

const server = process.env.MONGODB_URI;
let databases = 0;

if (server) digestRace(() => openMongoUnderTest(server));
else if (process.env.CI) test("MONGODB_URI is set", () => expect(server).toBeTruthy());
else test.skip("the race for the digest on MongoDB: MONGODB_URI is not set", () => undefined);

async function openMongoUnderTest(uri: string): Promise<StoreUnderTest> {
  databases += 1;
  const own = uri.replace(
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/,
    `$1/node_why_digest_${process.pid}_${databases}`,
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
