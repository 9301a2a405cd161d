import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { writeBundle } from "../../platform/files/bundle/bundle.ts";
import { OperatorError } from "../../shared/errors.ts";
import { readRecordings } from "./recording.ts";
import { nodeSet } from "./testing.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "node-why-recordings-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function record(slug: string, expected: string): Promise<void> {
  await mkdir(join(folder, slug));
  await writeBundle(join(folder, slug, "bundle.json.gz"), nodeSet("inactive"));
  await writeFile(join(folder, slug, "expect.json"), expected);
}

test("folders are recordings, in the order of their names; files beside them are not", async () => {
  await writeFile(join(folder, "faults.yaml"), "");
  await record("b", '{"node": "n1", "roots": ["disk-full"], "verdict": "confirmed"}');
  await record("a", '{"roots": ["none"], "verdict": "none", "status": "Ready", "alsoRight": ["x"]}');
  await writeBundle(join(folder, "b", "healed.json.gz"), nodeSet("active"));
  expect(await readRecordings(folder)).toEqual([
    {
      slug: "a",
      set: nodeSet("inactive"),
      healed: null,
      expect: { roots: ["none"], alsoRight: ["x"], verdict: "none", status: "Ready" },
    },
    {
      slug: "b",
      set: nodeSet("inactive"),
      healed: nodeSet("active"),
      expect: { roots: ["disk-full"], alsoRight: [], verdict: "confirmed" },
    },
  ]);
});

test.each([
  ["no JSON", "yes"],
  ["no root", "{}"],
  ["no list of roots", '{"roots": "disk-full"}'],
  ["an empty list", '{"roots": []}'],
])("an expectation with %s is named", async (_, expected) => {
  await record("a", expected);
  await expect(readRecordings(folder)).rejects.toMatchObject({
    name: "OperatorError",
    message: expect.stringContaining(join("a", "expect.json")),
  });
});

test("a folder that is missing or empty, or a recording without its bundle, is the operator's to mend", async () => {
  await expect(readRecordings(join(folder, "none"))).rejects.toBeInstanceOf(OperatorError);
  await expect(readRecordings(folder)).rejects.toBeInstanceOf(OperatorError);
  await mkdir(join(folder, "a"));
  await expect(readRecordings(folder)).rejects.toBeInstanceOf(OperatorError);
});
