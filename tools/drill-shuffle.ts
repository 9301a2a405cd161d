/**
 * Judges every recorded node and every case file given again and again with its evidence in another order, and says
 * where a report came out with other bytes. Lines keep their order within a stream. Exit 1 where one did.
 *
 *   npm run drill:shuffle -- [--runs 1000] [--seed 1] [--cases DIR ...]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { caseSchema, evidenceOfCase } from "../src/collect/sources/case-file.ts";
import { knowledgeSource } from "../src/compose/knowledge.ts";
import { loadSettings } from "../src/config/load.ts";
import type { EvidenceSet } from "../src/evidence/evidence.ts";
import { parseYaml } from "../src/knowledge/parse.ts";
import { readBundle } from "../src/platform/files/bundle/bundle.ts";
import type { Engine } from "../src/usecases/engine.ts";
import { loadEngine } from "../src/usecases/load-engine.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    cases: { type: "string", multiple: true, default: [] },
  },
});
const engine = loadEngine(await knowledgeSource(loadSettings(undefined, {})));
const sets = [...(await bundles()), ...values.cases.flatMap((folder) => casesIn(folder, engine))];
const each = Math.ceil(Number(values.runs) / sets.length);
const began = performance.now();
const moved = sets.filter(({ set }) => changesWithOrder(set, engine, each)).map(({ name }) => name);
const seconds = ((performance.now() - began) / 1000).toFixed(0);
for (const name of moved) process.stderr.write(`${name}: the report depends on the order of the evidence\n`);
process.stdout.write(
  `${each * sets.length} shuffles of ${sets.length} nodes and cases in ${seconds} s, ${moved.length} differ\n`,
);
process.exit(moved.length > 0 ? 1 : 0);

interface Named {
  readonly name: string;
  readonly set: EvidenceSet;
}

async function bundles(): Promise<readonly Named[]> {
  const folder = fileURLToPath(new URL("../test/bundles/", import.meta.url));
  const paths = readdirSync(folder)
    .map((name) => ({ name, path: `${folder}${name}/bundle.json.gz` }))
    .filter(({ path }) => existsSync(path));
  return Promise.all(paths.map(async ({ name, path }) => ({ name, set: await readBundle(path) })));
}

function casesIn(folder: string, { registry }: Engine): readonly Named[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const { value } = parseYaml(path, readFileSync(path, "utf8"), caseSchema, 64 * 1024 * 1024);
    return value ? [{ name, set: evidenceOfCase(value, registry.readers) }] : [];
  });
}

function changesWithOrder(set: EvidenceSet, { judge }: Engine, runs: number): boolean {
  const once = JSON.stringify(judge(set).report);
  const order = fc.shuffledSubarray([...set.items], { minLength: set.items.length });
  const same = fc.property(order, (items) => JSON.stringify(judge({ ...set, items }).report) === once);
  return fc.check(same, { numRuns: runs, endOnFailure: true, seed: Number(values.seed) }).failed;
}
