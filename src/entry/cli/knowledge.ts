import { Command, Option } from "commander";
import type { EvidenceSet } from "../../evidence/evidence.ts";
import { drawingOf } from "../../knowledge/graph/drawing.ts";
import { mermaidOf } from "../../knowledge/graph/mermaid.ts";
import { svgOf } from "../../knowledge/graph/svg.ts";
import { type Area, areas } from "../../knowledge/schema.ts";
import type { Engine } from "../../usecases/engine.ts";
import { confusionMatrix, matrixText } from "../../usecases/knowledge-matrix.ts";
import { lintCoverage } from "../../usecases/lint-coverage.ts";
import { type KnowledgeSource, lintAll, loadEngine, problemText } from "../../usecases/load-engine.ts";
import { type CliIo, printJson } from "./io.ts";
import { listCauses, printMatrix, showCause } from "./knowledge-show.ts";
import { type TestOptions, testKnowledge } from "./knowledge-test.ts";
import { whyNot } from "./why-not.ts";

/** What the knowledge commands need; made anew per call so that files are read when asked. */
export interface Workbench {
  /** Ours, the config's folders and these, which override by id in this order. */
  readonly source: (own: readonly string[]) => Promise<KnowledgeSource>;
  /** A recorded healthy node, on which rules must keep still. */
  readonly healthy: () => Promise<EvidenceSet>;
  readonly write: (path: string, text: string) => void;
}

interface Own {
  readonly knowledge: readonly string[];
}

export function knowledgeCommand(bench: () => Workbench, io: CliIo): Command {
  const engine = async ({ knowledge: own }: Own): Promise<Engine> => loadEngine(await bench().source(own));
  return new Command("knowledge")
    .description("what node-why knows, and whether it is right")
    .addCommand(lintCommand(bench, io))
    .addCommand(
      withOwn("test", "run the cases in the knowledge files, or score a folder of case files")
        .option("--cases <dir>", "a folder of case files with known roots")
        .option("--json", "print one JSON object")
        .option("--check", "exit 1 unless every case is right and nothing wrong is confirmed")
        .action(async (options: Own & TestOptions) => testKnowledge(await engine(options), options, io)),
    )
    .addCommand(
      withOwn("list", "every cause, by area")
        .option("--json", "print a JSON array")
        .action(async (options: Own & { json?: boolean }) =>
          listCauses(await engine(options), io, options.json === true),
        ),
    )
    .addCommand(
      withOwn("show", "everything known about one cause")
        .argument("<cause>")
        .option("--json", "print its JSON")
        .action(async (id: string, options: Own & { json?: boolean }) =>
          showCause(await engine(options), id, io, options.json === true),
        ),
    )
    .addCommand(matrixCommand(engine, bench, io))
    .addCommand(graphCommand(engine, io))
    .addCommand(
      withOwn("why-not", "why a cause did not win on a case: each rule with its value")
        .argument("<cause>")
        .requiredOption("--case <file>", "the case file")
        .action(async (id: string, options: Own & { case: string }) =>
          whyNot(await engine(options), id, options.case, io),
        ),
    );
}

/** A command that may also read the operator's own folders. */
function withOwn(name: string, description: string): Command {
  const add = (folder: string, before: readonly string[]): readonly string[] => [...before, folder];
  return new Command(name)
    .description(description)
    .option("--knowledge <dir>", "a folder of your own, which overrides ours by id (may be given again)", add, []);
}

function lintCommand(bench: () => Workbench, io: CliIo): Command {
  return withOwn("lint", "check every knowledge file: form, ids, edges, facts, patterns, cases")
    .option("--coverage", "also, which takes longer: rules that no case needs, patterns that fire on a healthy node")
    .action(async ({ knowledge: own, coverage }: Own & { coverage?: boolean }) => {
      if (coverage) return lintDeeply(own, bench(), io);
      const { compiled, problems } = lintAll(await bench().source(own));
      const { causes, patterns } = compiled.knowledge;
      complain(problems.map(problemText), io);
      io.out(`${causes.size} causes, ${patterns.size} patterns, ${problems.length} problems\n`);
    });
}

async function lintDeeply(own: readonly string[], { source, healthy }: Workbench, io: CliIo): Promise<void> {
  const { problems, rules, idle } = lintCoverage(await source(own), await healthy(), own.length || undefined);
  complain(problems.map(problemText), io);
  io.out(`${rules} rules, of which no case needs ${idle}; ${problems.length} problems\n`);
}

function complain(problems: readonly string[], io: CliIo): void {
  for (const problem of problems) io.err(`${problem}\n`);
  if (problems.length > 0) io.exit(2);
}

type EngineWith = (own: Own) => Promise<Engine>;

function matrixCommand(engine: EngineWith, bench: () => Workbench, io: CliIo): Command {
  return withOwn("matrix", "which cause stands first in whose cases; prints only those that are not their own")
    .option("--json", "print one JSON object")
    .option("--write <file>", "write it there, as the test compares it")
    .action(async (options: Own & { json?: boolean; write?: string }) => {
      const matrix = confusionMatrix(await engine(options));
      if (options.write !== undefined) bench().write(options.write, matrixText(matrix));
      if (options.json) printJson(io, matrix);
      else printMatrix(matrix, io);
    });
}

function graphCommand(engine: EngineWith, io: CliIo): Command {
  return withOwn("graph", "the causal graph")
    .addOption(new Option("--mermaid", "as a Mermaid flowchart (default)").conflicts("svg"))
    .option("--svg", "as an SVG")
    .addOption(new Option("--area <area>", "only what the causes of one area lead to").choices(areas).conflicts("svg"))
    .action(async (options: Own & { svg?: boolean; area?: Area }) => {
      const drawing = drawingOf((await engine(options)).knowledge);
      io.out(options.svg ? svgOf(drawing) : mermaidOf(drawing, options.area ?? null));
    });
}
