import { Command } from "commander";
import { asList } from "../../knowledge/knowledge.ts";
import { OperatorError } from "../../shared/errors.ts";
import type { Engine } from "../../usecases/engine.ts";
import { runKnowledgeCases, type Score, scoreCases } from "../../usecases/knowledge-cases.ts";
import { type CliIo, printJson } from "./io.ts";
import { whyNot } from "./why-not.ts";

/** What the knowledge commands need; made anew per call so that files are read when asked. */
export interface KnowledgePort {
  readonly engine: () => Promise<Engine>;
  /** Each problem as file:line: message. */
  readonly lint: () => Promise<{
    readonly problems: readonly string[];
    readonly causes: number;
    readonly patterns: number;
  }>;
}

export function knowledgeCommand(port: KnowledgePort, io: CliIo): Command {
  const knowledge = new Command("knowledge").description("what node-why knows, and whether it is right");
  knowledge
    .command("lint")
    .description("check every knowledge file: form, ids, edges, facts, patterns, cases")
    .action(async () => {
      const { problems, causes, patterns } = await port.lint();
      for (const problem of problems) io.err(`${problem}\n`);
      io.out(`${causes} causes, ${patterns} patterns, ${problems.length} problems\n`);
      if (problems.length > 0) io.exit(2);
    });
  knowledge
    .command("test")
    .description("run the cases in the knowledge files, or score a folder of case files")
    .option("--cases <dir>", "a folder of case files with known roots")
    .option("--json", "print one JSON object")
    .option("--check", "exit 1 unless every case is right and nothing wrong is confirmed")
    .action(async (options: { cases?: string; json?: boolean; check?: boolean }) => {
      const engine = await port.engine();
      if (options.cases === undefined) return ownCases(engine, io, options.json === true);
      scoreFolder(engine, io, { ...options, cases: options.cases });
    });
  knowledge
    .command("list")
    .description("every cause, by area")
    .option("--json", "print a JSON array")
    .action(async (options: { json?: boolean }) => {
      const causes = [...(await port.engine()).knowledge.causes.values()];
      if (options.json)
        return printJson(
          io,
          causes.map(({ id, area, title, maturity }) => ({ id, area, title, maturity })),
        );
      for (const { id, area, title } of causes) io.out(`${area.padEnd(15)} ${id.padEnd(40)} ${title}\n`);
    });
  knowledge
    .command("show <cause>")
    .description("everything known about one cause")
    .option("--json", "print its JSON")
    .action(async (id: string, options: { json?: boolean }) =>
      showCause(await port.engine(), id, io, options.json === true),
    );
  knowledge
    .command("why-not <cause>")
    .description("why a cause did not win on a case: each rule with its value")
    .requiredOption("--case <file>", "the case file")
    .action(async (id: string, options: { case: string }) => {
      whyNot(await port.engine(), id, options.case, io);
    });
  return knowledge;
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

function scoreFolder(engine: Engine, io: CliIo, options: { cases: string; json?: boolean; check?: boolean }): void {
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
    io.out(
      `${right ? "right" : "WRONG"} ${verdict.padEnd(9)} ${id}: ${ranked.slice(0, 3).join(", ") || "-"}${right ? "" : ` (is ${expected})`}\n`,
    );
  }
  io.out(
    `${cases.length} cases: root first in ${top1}, among the first three in ${top3}, wrong and confirmed ${wrongConfirmed}\n`,
  );
}

function showCause(engine: Engine, id: string, io: CliIo, json: boolean): void {
  const cause = engine.knowledge.causes.get(id);
  if (!cause) throw new OperatorError(`there is no cause ${id}`, ["List them with: node-why knowledge list"]);
  if (json) {
    printJson(io, cause);
    return;
  }
  io.out(`${cause.title} (${cause.id}, ${cause.area}, ${cause.maturity})\n\n${cause.what.trim()}\n`);
  io.out(`\nLeads to: ${cause["leads-to"].map(({ to }) => to).join(", ") || "nothing"}\n\nRules:\n`);
  for (const { id: rule, weight, says, seen } of cause.rules) {
    io.out(
      `  ${weight.padEnd(8)} ${rule}: ${says}\n${asList(seen)
        .map((each) => `           seen: ${each}\n`)
        .join("")}`,
    );
  }
  io.out("\nFixes, in order:\n");
  for (const { says, steps, risk, verify } of cause.fixes) {
    io.out(`  ${says} (risk: ${risk})\n`);
    for (const { argv, do: text, on } of steps) io.out(`    on ${on}: ${argv ? argv.join(" ") : text}\n`);
    io.out(`    verify: ${verify}\n`);
  }
  for (const { do: what, because } of cause.never) io.out(`  do not: ${what}, because ${because}\n`);
  for (const { source, says, right } of cause.corrections) io.out(`\n${source} says "${says}"; today: ${right}\n`);
  io.out(`\nSources:\n${cause.sources.map((source) => `  ${source}\n`).join("")}`);
}
