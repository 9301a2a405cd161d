import type { Rule } from "../../knowledge/schema.ts";
import type { Finding } from "../../reason/assess.ts";
import { OperatorError } from "../../shared/errors.ts";
import { judgeCase } from "../../usecases/case-report.ts";
import type { Engine } from "../../usecases/engine.ts";
import type { CliIo } from "./io.ts";

/** Why a cause did not win on a case: each of its rules with its value and the lines that made it so. */
export function whyNot(engine: Engine, id: string, file: string, io: CliIo): void {
  const cause = engine.knowledge.causes.get(id);
  if (!cause) throw new OperatorError(`there is no cause ${id}`, ["List them with: node-why knowledge list"]);
  const { reasoning, report } = judgeCase(engine, file, io.readText(file));
  const assessed = reasoning.ranked.find((each) => each.cause.id === id);
  io.out(`${id}: ${assessed?.verdict ?? "absent"}; roots: ${report.roots.join(", ") || "none"}\n`);
  const matched = [...(assessed?.for ?? []), ...(assessed?.against ?? [])];
  for (const rule of cause.rules) printRule(rule, find(matched, rule), find(assessed?.open ?? [], rule), io);
  const above = report.causes.find((each) => each.id === id)?.effectOf;
  if (above) io.out(`  it is an effect of ${above}\n`);
}

function find(findings: readonly Finding[], rule: Rule): Finding | undefined {
  return findings.find((each) => each.rule.id === rule.id);
}

function printRule(rule: Rule, hit: Finding | undefined, open: Finding | undefined, io: CliIo): void {
  io.out(`  ${rule.weight.padEnd(8)} ${rule.id}: ${valueText(hit, open)}\n`);
  for (const { line, source } of (hit?.outcome.proofs ?? []).slice(0, 3)) io.out(`             ${source}: ${line}\n`);
}

function valueText(hit: Finding | undefined, open: Finding | undefined): string {
  if (hit) return hit.outcome.history ? "true (history)" : "true";
  return open ? `unknown, lacks ${open.outcome.missing.join(", ")}` : "not true";
}
