import type { Answer, Evidence, EvidenceSet } from "../../evidence/evidence.ts";
import { printable } from "../../shared/printable.ts";

/** What a bundle holds, a line for each question, in the order of its sources. */
export function bundleLines(set: EvidenceSet): readonly string[] {
  const answered = set.items.filter(({ answer }) => answer.kind === "value").length;
  const where = [set.cluster, set.node].filter((name) => name !== null).join("/") || "an unnamed node";
  return [
    `${where}, collected ${set.at ?? "at an unknown time"}: ${answered} of ${set.items.length} questions answered`,
    maskedLine(set.masked),
    "",
    ...set.items.map(itemLine),
  ].map((line) => printable(line).replace(/\n/g, " "));
}

function maskedLine(masked: EvidenceSet["masked"]): string {
  if (masked === undefined) return "Masked: nothing was found that had to be.";
  return `Masked: ${Object.entries(masked)
    .map(([name, count]) => `${name} ${count}×`)
    .join(", ")}.`;
}

function itemLine({ source, probe, asked, answer }: Evidence): string {
  return `${source.padEnd(11)} ${probe.padEnd(26)} ${state(answer).padEnd(28)} ${asked.join(" ").slice(0, 120)}`;
}

function state(answer: Answer): string {
  if (answer.kind === "absent") return "not there";
  if (answer.kind === "unavailable") return `not read: ${answer.reason}`;
  const size = answer.stdout.length + answer.stderr.length;
  const exit = answer.exitCode === null || answer.exitCode === 0 ? "" : `, exit ${answer.exitCode}`;
  return `${size} characters${answer.truncated ? ", cut" : ""}${exit}`;
}

/** Every answer of one probe, as a person reads it. */
export function answerLines(set: EvidenceSet, probe: string): readonly string[] {
  return set.items
    .filter((item) => item.probe === probe)
    .flatMap(({ asked, answer }) => [
      `$ ${asked.join(" ")}`,
      ...(answer.kind === "value" ? [answer.stdout, answer.stderr].filter((text) => text !== "") : [state(answer)]),
    ])
    .map(printable);
}
