import { asList, type Cause } from "../../knowledge/knowledge.ts";
import { OperatorError } from "../../shared/errors.ts";
import type { Engine } from "../../usecases/engine.ts";
import type { Matrix } from "../../usecases/knowledge-matrix.ts";
import { type CliIo, printJson } from "./io.ts";

/** Every cause, in the order of its id. */
export function listCauses({ knowledge }: Engine, io: CliIo, json: boolean): void {
  const causes = [...knowledge.causes.values()];
  if (json) {
    const short = ({ id, area, title, maturity }: Cause) => ({ id, area, title, maturity });
    printJson(io, causes.map(short));
    return;
  }
  for (const { id, area, title } of causes) io.out(`${area.padEnd(15)} ${id.padEnd(40)} ${title}\n`);
}

/** Everything known about one cause. */
export function showCause({ knowledge }: Engine, id: string, io: CliIo, json: boolean): void {
  const cause = knowledge.causes.get(id);
  if (!cause) throw new OperatorError(`there is no cause ${id}`, ["List them with: node-why knowledge list"]);
  if (json) {
    printJson(io, cause);
    return;
  }
  io.out(`${cause.title} (${cause.id}, ${cause.area}, ${cause.maturity})\n\n${cause.what.trim()}\n`);
  io.out(`\nLeads to: ${cause["leads-to"].map(({ to }) => to).join(", ") || "nothing"}\n\nRules:\n`);
  for (const { id: rule, weight, says, seen } of cause.rules) {
    const places = asList(seen).map((each) => `           seen: ${each}\n`);
    io.out(`  ${weight.padEnd(8)} ${rule}: ${says}\n${places.join("")}`);
  }
  if (cause.warnings.length > 0) io.out("\nWhat warns of it on a node that is well:\n");
  for (const { id: warning, strikes, says, why } of cause.warnings)
    io.out(`  ${strikes.padEnd(8)} ${warning}: ${says}\n           then: ${why}\n`);
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

/** Only the cases in which another cause stands first, and the counts. */
export function printMatrix({ cases, own, stolen }: Matrix, io: CliIo): void {
  for (const { cause, root, cases: names } of stolen) {
    io.out(`${cause.padEnd(40)} ${(root ?? "no root").padEnd(40)} ${names.length}  ${names.join("; ")}\n`);
  }
  io.out(`${cases} cases must name their cause; it is the first root in ${own}, another or none in ${cases - own}\n`);
}
