import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { pagesOf } from "../../src/knowledge/pages/pages.ts";
import { confusionMatrix, type Matrix } from "../../src/usecases/knowledge-matrix.ts";
import { realEngine } from "../support/engine.ts";

/** What is made of the knowledge must be made anew when the knowledge changes, in the same commit. */
const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const golden = fileURLToPath(new URL("matrix.json", import.meta.url));

describe("generated from the knowledge", () => {
  test("the documents are not stale (make them anew with: npm run docs:knowledge)", async () => {
    const pages = pagesOf((await realEngine()).knowledge);
    const stale = pages.filter(
      ({ path, text }) => !existsSync(docs + path) || readFileSync(docs + path, "utf8") !== text,
    );
    expect(stale.map(({ path }) => path)).toEqual([]);
  });

  test("no page is left of a cause that is no more", async () => {
    const wanted = new Set(pagesOf((await realEngine()).knowledge).map(({ path }) => path));
    const there = readdirSync(`${docs}causes`, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".md"),
    );
    expect(there.map((name) => `causes/${name}`).filter((path) => !wanted.has(path))).toEqual([]);
  });

  test("which cause stands first in whose cases is as reviewed (write it anew with: npm run matrix)", async () => {
    const reviewed = JSON.parse(readFileSync(golden, "utf8")) as Matrix;
    expect(confusionMatrix(await realEngine())).toEqual(reviewed);
  });
});
