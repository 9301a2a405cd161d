import { OperatorError } from "../../shared/errors.ts";
import type { Engine } from "../../usecases/engine.ts";
import { runKnowledgeCases, type Score, scoreCases } from "../../usecases/knowledge-cases.ts";
import { type CliIo, printJson } from "./io.ts";

export interface TestOptions {
  readonly cases?: string;
  readonly json?: boolean;
  readonly check?: boolean;
}

/** Runs the cases in the knowledge files, or scores a folder of case files with known roots. */
export function testKnowledge(engine: Engine, options: TestOptions, io: CliIo): void {
  if (options.cases === undefined) ownCases(engine, io, options.json === true);
  else scoreFolder(engine, io, { ...options, cases: options.cases });
}

function ownCases(engine: Engine, io: CliIo, json: boolean): void {
  const outcomes = runKnowledgeCases(engine);
  const failed = outcomes.filter(({ passed }) => !passed);
  if (json) printJson(io, { cases: outcomes, failed: failed.length });
  else {
    for (const { cause, name, why } of failed) io.err(`${cause}: "${name}": ${why}\n`);
    io.out(`${outcomes.length - failed.length} cases right, ${failed.length} wrong\n`);
  }
  if (failed.length > 0) io.exit(1);
}

function scoreFolder(engine: Engine, io: CliIo, options: TestOptions & { readonly cases: string }): void {
  const files = io.listFiles(options.cases).filter((path) => /\.ya?ml$/.test(path));
  if (files.length === 0) throw new OperatorError(`no case files in ${options.cases}`);
  const score = scoreCases(
    engine,
    files.map((path) => ({ path, text: io.readText(path) })),
  );
  if (options.json) printJson(io, score);
  else printScore(score, io);
  const missed = score.top1 < score.cases.length || score.wrongConfirmed > 0;
  if (options.check && missed) io.exit(1);
}

function printScore({ cases, top1, top3, wrongConfirmed }: Score, io: CliIo): void {
  for (const { id, expected, accept, ranked, verdict } of cases) {
    const right = ranked[0] === expected || accept.includes(ranked[0] ?? "");
    const shown = ranked.slice(0, 3).join(", ") || "-";
    io.out(`${right ? "right" : "WRONG"} ${verdict.padEnd(9)} ${id}: ${shown}${right ? "" : ` (is ${expected})`}\n`);
  }
  io.out(
    `${cases.length} cases: root first in ${top1}, among the first three in ${top3}, wrong and confirmed ${wrongConfirmed}\n`,
  );
}
