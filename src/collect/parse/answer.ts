import type { Answer } from "../../evidence/evidence.ts";

/** Lines longer than this are cut before a pattern sees them. JSON and PEM are read from the whole text. */
const lineLimit = 16_384;
/** `[exit 1]` is how recorded cases note a status; it may be glued to output that lacks a final newline. */
const exitMark = /\[exit (\d{1,3})\]\s*$/;

/** Both output streams of a value as one text, without NULs and without a trailing `[exit N]`; else empty. */
export function textOf(answer: Answer): string {
  if (answer.kind !== "value") return "";
  const both = answer.stderr === "" ? answer.stdout : `${answer.stdout}\n${answer.stderr}`;
  return both.replaceAll("\0", " ").replace(exitMark, "");
}

/** The lines of `textOf`, each cut at 16 KiB, without the `rc=N` people append. */
export function linesOf(answer: Answer): readonly string[] {
  return textOf(answer)
    .split(/\r?\n/)
    .filter((line) => !/^rc=\d{1,3}$/.test(line))
    .map((line) => (line.length > lineLimit ? line.slice(0, lineLimit) : line));
}

/** The command's status: an `rc=N` line first, then `[exit N]`, then what the source reported; null: not known. */
export function statusOf(answer: Answer): number | null {
  if (answer.kind !== "value") return null;
  const noted = /^rc=(\d{1,3})$/m.exec(answer.stdout) ?? exitMark.exec(answer.stdout.slice(-40));
  return noted?.[1] === undefined ? answer.exitCode : Number(noted[1]);
}

export function isHung(answer: Answer): boolean {
  return answer.kind === "unavailable" && answer.reason === "hung";
}

/** Whether what is missing from this answer is truly missing: nothing was cut off or left out. */
export function isWhole(answer: Answer): boolean {
  return answer.kind === "value" && !answer.truncated && !answer.excerpt;
}

/** The first line a pattern fits, for a reading's `line`. */
export function lineWith(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.find((line) => pattern.test(line));
}

/** The line that says the tool itself is not installed; then the answer says nothing about the question. */
export function toolMissing(lines: readonly string[]): boolean {
  return lines.some((line) => /command not found|^sudo: \S+: command not found|^env: .*No such file/.test(line));
}

/** The line with which a tool says that this path does not exist. */
export function noSuchFile(lines: readonly string[], path: string): string | undefined {
  return lines.find((line) => line.includes(path) && line.includes("No such file or directory"));
}

/**
 * The words of a question. Asked live it is an argv; a case has the command as somebody typed it, with `;` and pipes,
 * as one text.
 */
export function askedWords(question: readonly string[]): readonly string[] {
  if (isLive(question)) return question;
  const typed = question[0] ?? "";
  return typed
    .split(/[\s;|&]+/)
    .map((word) => word.replaceAll(/^['"(]+|['")]+$/g, ""))
    .filter((word) => word !== "");
}

/** Every live question has more than one word; a case's is one text. */
export function isLive(question: readonly string[]): boolean {
  return question.length > 1;
}

/** `ps | grep`, `df | head`: what was left out is not known. */
export function isFiltered(question: readonly string[]): boolean {
  return !isLive(question) && /[^|]\|[^|]/.test(question[0] ?? "");
}
