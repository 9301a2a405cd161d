/** One digest from many bots, on a server that speaks MongoDB's protocol; see mongo.test.ts for MONGODB_URI. */
import { expect, test } from "@jest/globals";
import { digestRace } from "../store/digest-race.ts";
import { openMongoUnderTest } from "../store/mongo-under-test.ts";

const server = process.env.MONGODB_URI;

if (server) digestRace(() => openMongoUnderTest(server));
else if (process.env.CI) test("MONGODB_URI is set", () => expect(server).toBeTruthy());
else test.skip("the race for the digest on MongoDB: MONGODB_URI is not set", () => undefined);
