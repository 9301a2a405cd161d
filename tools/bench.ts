/**
 * Measures, as ratios in one run, and writes docs/benchmarks.md.
 *
 *   npm run bench -- [--config lab.yaml --node NAME]
 *
 * Without a config the part that needs a live node is left as it was.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { knowledgeSource } from "../src/compose/knowledge.ts";
import { loadSettings } from "../src/config/load.ts";
import { loadEngine } from "../src/usecases/load-engine.ts";
import { benchLive } from "./bench/live.ts";
import { benchMany } from "./bench/many.ts";
import { benchReasoning } from "./bench/reasoning.ts";

const { values } = parseArgs({ options: { config: { type: "string" }, node: { type: "string" } } });
const file = new URL("../docs/benchmarks.md", import.meta.url);
const settings = loadSettings(values.config);
const engine = loadEngine(await knowledgeSource(settings));
const sections: [string, readonly string[]][] = [["Reasoning over a long journal", await benchReasoning(engine)]];
if (values.config && values.node) sections.push(["A healthy node", await benchLive(settings, values.node, engine)]);
else sections.push(["A healthy node", earlier("A healthy node")]);
sections.push(["Many nodes", await benchMany()]);

const machine = `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
const text = [
  "# Benchmarks",
  "",
  "Times of one run on a shared machine; only the ratios mean something elsewhere. Made by:",
  "",
  "    npm run bench -- --config lab.yaml --node NAME",
  "",
  `${new Date().toISOString().slice(0, 10)}, ${machine}.`,
  ...sections.flatMap(([title, lines]) => ["", `## ${title}`, "", ...lines]),
  "",
].join("\n");
writeFileSync(file, text);
process.stdout.write(text);
process.exit(0);

/** What the file said of a part that is not measured now. */
function earlier(title: string): readonly string[] {
  try {
    const part = readFileSync(file, "utf8").split(`## ${title}\n`)[1] ?? "";
    return part.split("\n## ")[0]?.trim().split("\n") ?? [];
  } catch {
    return ["Not measured: no live node was given."];
  }
}
