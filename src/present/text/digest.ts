import type { Digest } from "../../report/digest.ts";
import { printable } from "../../shared/printable.ts";
import { digestWords } from "../digest.ts";

/** The digest for a terminal, whole. A quiet week is one line. */
export function digestText(digest: Digest): string {
  const { headline, sections } = digestWords(digest);
  const lines = sections.flatMap(({ label, entries }) => [
    `${label}:`,
    ...entries.flatMap(({ says, details }) => [`  ${says}`, ...details.map((detail) => `     ${detail}`)]),
  ]);
  return `${[headline, ...lines].map((line) => printable(line).replace(/\n/g, " ")).join("\n")}\n`;
}
