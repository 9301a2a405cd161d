/**
 * Writes the documents that are made of the knowledge alone: docs/causes/, docs/knowledge-graph.md and .svg. Pages of
 * causes that are no more are removed.
 *
 *   npm run docs:knowledge
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { knowledgeSource } from "../src/compose/knowledge.ts";
import { loadSettings } from "../src/config/load.ts";
import { pagesOf } from "../src/knowledge/pages/pages.ts";
import { loadEngine } from "../src/usecases/load-engine.ts";

const docs = fileURLToPath(new URL("../docs/", import.meta.url));
const { knowledge } = loadEngine(await knowledgeSource(loadSettings(undefined, {})));
const pages = pagesOf(knowledge);
const wanted = new Set(pages.map(({ path }) => path));

mkdirSync(join(docs, "causes"), { recursive: true });
for (const name of readdirSync(join(docs, "causes"), { recursive: true, encoding: "utf8" })) {
  if (name.endsWith(".md") && !wanted.has(`causes/${name}`)) rmSync(join(docs, "causes", name));
}
for (const { path, text } of pages) {
  mkdirSync(dirname(join(docs, path)), { recursive: true });
  writeFileSync(join(docs, path), text);
}
process.stdout.write(`${pages.length} documents below docs/\n`);
