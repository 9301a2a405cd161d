/**
 * Fills the generated parts of the documents, between marks: how many causes there are and which, how cases are scored
 * now, the walls of the code, and what it has to be granted.
 *
 *   node tools/doc-parts.ts [--public DIR] [--lab DIR]
 *
 * Without folders of case files the scores are left as they were.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { knowledgeSource } from "../src/compose/knowledge.ts";
import { loadSettings } from "../src/config/load.ts";
import type { Cause } from "../src/knowledge/knowledge.ts";
import { areas } from "../src/knowledge/schema.ts";
import type { Engine } from "../src/usecases/engine.ts";
import { runKnowledgeCases, scoreCases } from "../src/usecases/knowledge-cases.ts";
import { loadEngine } from "../src/usecases/load-engine.ts";
import { grantParts } from "./doc-grants.ts";

const { values } = parseArgs({ options: { public: { type: "string" }, lab: { type: "string" } } });
const engine = loadEngine(await knowledgeSource(loadSettings(undefined, {})));
const unproved = " (never more than likely)";
const causes = [...engine.knowledge.causes.values()].filter(({ id }) => id !== "none");

fill("../README.md", "count", `${causes.length} causes in ${areasWithCauses().length} areas: ${areaCounts()}.`);
fill("../docs/knowledge.md", "causes", areasWithCauses().map(areaList).join("\n\n"));
fill("../docs/knowledge.md", "own", ownCases(engine));
fill("../docs/architecture.md", "walls", walls());
for (const [name, content] of Object.entries(await grantParts())) fill("../docs/security.md", name, content);
if (values.public !== undefined) fill("../docs/knowledge.md", "public", scored(engine, values.public));
if (values.lab !== undefined) fill("../docs/knowledge.md", "lab", scored(engine, values.lab));

/** Between the two marks of that name. */
function fill(path: string, name: string, content: string): void {
  const file = new URL(path, import.meta.url);
  const text = readFileSync(file, "utf8");
  const marks = new RegExp(`(<!-- ${name}:begin -->\n)[\\s\\S]*?(<!-- ${name}:end -->)`);
  if (!marks.test(text)) throw new Error(`${path} has no marks for ${name}`);
  writeFileSync(
    file,
    text.replace(marks, (_all, begin: string, end: string) => `${begin}${content}\n${end}`),
  );
}

function areasWithCauses(): readonly Cause["area"][] {
  return areas.filter((area) => inArea(area).length > 0);
}

function inArea(area: Cause["area"]): readonly Cause[] {
  return causes.filter((cause) => cause.area === area);
}

function areaCounts(): string {
  return areasWithCauses()
    .map((area) => `${area} ${inArea(area).length}`)
    .join(", ");
}

function areaList(area: Cause["area"]): string {
  const lines = inArea(area).map((cause) => `- \`${cause.id}\`: ${cause.title}${canConfirm(cause) ? "" : unproved}`);
  return `### ${area} (${lines.length})\n\n${lines.join("\n")}`;
}

function canConfirm({ rules }: Cause): boolean {
  return rules.some(({ weight }) => weight === "proof");
}

interface Walls {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
}

function walls(): string {
  const { forbidden } = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as Walls;
  return [
    "| Wall | Why |",
    "| --- | --- |",
    ...forbidden.map(({ name, comment }) => `| \`${name}\` | ${comment} |`),
  ].join("\n");
}

function ownCases(made: Engine): string {
  const outcomes = runKnowledgeCases(made);
  const wrong = outcomes.filter(({ passed }) => !passed).length;
  return `${outcomes.length} cases stand in the knowledge files; ${wrong === 0 ? "all are right" : `${wrong} are wrong`}.`;
}

function scored(made: Engine, dir: string): string {
  const files = readdirSync(dir)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ path: name, text: readFileSync(join(dir, name), "utf8") }));
  const { cases, top1, top3, wrongConfirmed } = scoreCases(made, files);
  const right = cases.filter(({ expected, accept, ranked }) => [expected, ...accept].includes(ranked[0] ?? ""));
  const confirmed = right.filter(({ verdict }) => verdict === "confirmed" || verdict === "none").length;
  return [
    `- the root first: ${top1} of ${cases.length}`,
    `- the root among the first three: ${top3} of ${cases.length}`,
    `- the right root confirmed (or rightly nothing wrong): ${confirmed} of ${cases.length}`,
    `- a wrong root confirmed: ${wrongConfirmed}`,
  ].join("\n");
}
