import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openStore } from "./open.ts";

test.each([
  ["nothing", undefined, "embedded"],
  ["empty", "", "embedded"],
  ["given", "mongodb://127.0.0.1:1/", "mongodb"],
])("MONGODB_URI %s", async (_what, mongodbUri, kind) => {
  const dir = await mkdtemp(join(tmpdir(), "node-why-store-"));
  const store = await openStore({ mongodbUri, dir });
  expect(store.describe().kind).toBe(kind);
  await store.close();
  await rm(dir, { recursive: true });
});
