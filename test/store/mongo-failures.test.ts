/** MongoDB that is not there, does not answer or does not let us in: told as what it is, in time, without secrets. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { describe, expect, test } from "@jest/globals";
import type { Documents } from "../../src/platform/store/documents.ts";
import { openMongo } from "../../src/platform/store/mongo.ts";
import { ExternalError, OperatorError } from "../../src/shared/errors.ts";
import { thrownBy } from "./contract-refusals.ts";

const limitMs = 250;

const operations: readonly (readonly [what: string, run: (documents: Documents) => Promise<unknown>])[] = [
  ["insert", (documents) => documents.insert("things", { _id: "a", revision: 0 })],
  ["get", (documents) => documents.get("things", "a")],
  ["find", (documents) => documents.find("things", {}, { limit: 1 })],
  ["count", (documents) => documents.count("things", {})],
  ["replaceIfRevision", (documents) => documents.replaceIfRevision("things", { _id: "a", revision: 0 })],
  ["deleteWhere", (documents) => documents.deleteWhere("things", { node: "a" })],
  ["ensureIndex", (documents) => documents.ensureIndex({ collection: "things", name: "by_node", paths: ["node"] })],
  ["ready", (documents) => documents.ready()],
];

/** What each operation rejects with at that port, with how long the slowest took. */
async function failuresAt(port: number): Promise<{ thrown: readonly unknown[]; slowestMs: number }> {
  const uri = `mongodb://u:s3cret@127.0.0.1:${port}/?authSource=admin`;
  const documents = await openMongo({ uri, limitMs, indexLimitMs: limitMs });
  const begun = performance.now();
  const thrown = await Promise.all(operations.map(([, run]) => thrownBy(() => run(documents))));
  const slowestMs = performance.now() - begun;
  await documents.close();
  return { thrown, slowestMs };
}

function expectAway(thrown: readonly unknown[]): void {
  for (const [nth, error] of thrown.entries()) {
    expect({ what: operations[nth]?.[0], error }).toEqual({
      what: operations[nth]?.[0],
      error: expect.any(ExternalError),
    });
    expect(error).toMatchObject({ service: "mongodb", retryable: true });
    expect(String(error)).not.toContain("s3cret");
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return port;
}

describe("MongoDB that is away", () => {
  test("nothing listens", async () => {
    const server = createServer();
    const port = await listening(server);
    server.close();
    await once(server, "close");
    const { thrown, slowestMs } = await failuresAt(port);
    expectAway(thrown);
    expect(slowestMs).toBeLessThan(20 * limitMs);
  });

  test("somebody listens and never answers", async () => {
    const sockets: { destroy: () => void }[] = [];
    const server = createServer((socket) => void sockets.push(socket));
    const { thrown, slowestMs } = await failuresAt(await listening(server));
    for (const socket of sockets) socket.destroy();
    server.close();
    expectAway(thrown);
    expect(slowestMs).toBeLessThan(20 * limitMs);
  });

  test("somebody speaks another protocol", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    const { thrown } = await failuresAt(await listening(server));
    server.close();
    expectAway(thrown);
  });
});

describe("a MONGODB_URI that cannot be used", () => {
  test.each([
    "",
    "s3cret",
    "postgres://u:s3cret@127.0.0.1/",
    "mongodb://u:s3cret@/",
    "mongodb://u:s3cret@127.0.0.1:99999/",
    "mongodb://u:s3cret@127.0.0.1/?unheardOf=s3cret",
    "mongodb://u:s3cret@127.0.0.1/?tls=s3cret",
    "mongodb://u:s3@cret:s3cret@127.0.0.1/",
  ])("%p is the operator's to correct, and is not repeated", async (uri) => {
    const thrown = await thrownBy(() => openMongo({ uri }));
    expect(thrown).toBeInstanceOf(OperatorError);
    expect(JSON.stringify([String(thrown), thrown])).not.toContain("s3cret");
    expect(thrown).not.toHaveProperty("nextSteps", []);
  });
});
