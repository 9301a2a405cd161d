import { printable } from "../../shared/printable.ts";
import type { Answer } from "../answer.ts";

/** The answer for a terminal: plain text, one labelled paragraph each, then the evidence. */
export function answerText(answer: Answer): string {
  const body = answer.sections.map(({ label, text, links = [] }) => `${label}: ${[text, ...links].join(" ").trim()}`);
  const evidence = answer.evidence.flatMap(({ says, source, line, at }) => [
    `  - ${says} [${source}${at ? `, ${at}` : ""}]`,
    ...(line === null ? [] : [`      ${oneLine(line)}`]),
  ]);
  const tail = evidence.length > 0 ? ["Evidence:", ...evidence] : [];
  return `${[oneLine(answer.headline), ...body.map(oneLine), ...tail, answer.asOf].join("\n")}\n`;
}

/** A terminal must not be steered by what a log says. */
function oneLine(text: string): string {
  return printable(text)
    .replace(/\s*[\r\n]\s*/g, " ")
    .slice(0, 4_000);
}
