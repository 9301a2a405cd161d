import { caseSchema, evidenceOfCase } from "../collect/sources/case-file.ts";
import { parseYaml } from "../knowledge/parse.ts";
import { OperatorError } from "../shared/errors.ts";
import type { Engine, Judged } from "./engine.ts";
import { problemText } from "./load-engine.ts";

const largestCase = 64 * 1024 * 1024;

/** The report on a case file; throws OperatorError where the file is not one. */
export function judgeCase(engine: Engine, path: string, text: string): Judged {
  const parsed = parseYaml(path, text, caseSchema, largestCase);
  if (!parsed.value) throw new OperatorError(parsed.problems.map(problemText).join("\n"));
  return engine.judge(evidenceOfCase(parsed.value, engine.registry.readers));
}
