import type { Fix } from "../knowledge/schema.ts";
import type { Reasoning } from "../reason/reason.ts";
import { fill, type Values } from "./fill.ts";
import type { FixStep, OfferedFix } from "./report.ts";

/** The fixes of the roots, with the values bound in the findings: never a second look-up. */
export function fixesOf(reasoning: Reasoning, known: Values): readonly OfferedFix[] {
  return reasoning.roots.flatMap(({ cause, verdict, bound: own }) => {
    const bound = { ...known, ...own };
    return cause.fixes.map((fix) => ({
      cause: cause.id,
      action: fix.action,
      says: fill(fix.says, bound),
      steps: stepsOf(fix.steps, bound),
      risk: fix.risk,
      verify: fill(fix.verify, bound),
      lasting: fix.lasting,
      offered: fix.action !== null && verdict === "confirmed" && reasoning.verdict === "confirmed",
    }));
  });
}

export function stepsOf(steps: Fix["steps"], bound: Values): readonly FixStep[] {
  return steps.map((step) => ({
    on: step.on,
    ...(step.argv ? { argv: step.argv.map((word) => fill(word, bound)) } : {}),
    ...(step.do ? { do: fill(step.do, bound) } : {}),
  }));
}
