/**
 * The contract on a server that speaks MongoDB's protocol: MONGODB_URI, or what `tools/mongo-for-tests.sh up` prints.
 * Every test has a database of its own, which is dropped afterwards.
 */
import { describe, expect, test } from "@jest/globals";
import type { Documents } from "../../src/platform/store/documents.ts";
import { openMongo } from "../../src/platform/store/mongo.ts";
import { documentsContract } from "../store/contract.ts";
import { thrownBy } from "../store/contract-refusals.ts";
import { openMongoUnderTest } from "../store/mongo-under-test.ts";
import { type TcpProxy, tcpProxy } from "../store/tcp-proxy.ts";

const server = process.env.MONGODB_URI;

if (server) {
  documentsContract("MongoDB", () => openMongoUnderTest(server), { filterRuns: 200 });
  outages(server);
} else {
  console.error("SKIPPED: the store's contract on MongoDB. Set MONGODB_URI, or start one: tools/mongo-for-tests.sh up");
  // In CI a contract that nobody checked is a failure.
  if (process.env.CI) test("MONGODB_URI is set", () => expect(server).toBeTruthy());
  else test.skip("the store's contract on MongoDB: MONGODB_URI is not set", () => undefined);
}

/** The network between us and the server, broken in all ways; by way of the URI's first host, without TLS. */
function outages(uri: string): void {
  const limitMs = 1000;
  const throughProxy = async (body: (documents: Documents, proxy: TcpProxy) => Promise<void>): Promise<void> => {
    const place = new URL(uri.replace(/,[^/]*/, ""));
    const proxy = await tcpProxy(place.hostname, Number(place.port || 27017));
    place.host = `127.0.0.1:${proxy.port}`;
    place.searchParams.set("directConnection", "true");
    const documents = await openMongo({ uri: place.href, limitMs });
    await body(documents, proxy);
    await documents.close();
    await proxy.close();
  };
  const away = { service: "mongodb", retryable: true };

  describe("a MongoDB that goes and comes", () => {
    test("away at the start, answered as soon as it is there", () =>
      throughProxy(async (documents, proxy) => {
        expect(await thrownBy(() => documents.ready())).toMatchObject(away);
        expect(await thrownBy(() => documents.get("things", "a"))).toMatchObject(away);
        await proxy.back();
        await documents.ready();
        expect(await documents.get("things", "a")).toBeUndefined();
      }));

    test("away midway, answered again when it is back", () =>
      throughProxy(async (documents, proxy) => {
        await proxy.back();
        await documents.ready();
        await proxy.away();
        expect(await thrownBy(() => documents.get("things", "a"))).toMatchObject(away);
        await proxy.back();
        await eventually(() => documents.ready());
        expect(await documents.get("things", "a")).toBeUndefined();
      }));

    test("silent midway: nothing hangs, not even closing", () =>
      throughProxy(async (documents, proxy) => {
        await proxy.back();
        await documents.ready();
        proxy.silent();
        const begun = performance.now();
        expect(await thrownBy(() => documents.get("things", "a"))).toMatchObject(away);
        expect(performance.now() - begun).toBeLessThan(5 * limitMs);
      }));
  });
}

/** The driver looks for the server in its own time; what matters is that it does. */
async function eventually(run: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) if ((await thrownBy(run)) === "nothing") return;
  await run();
}
