import { Bug } from "../../shared/errors.ts";

/**
 * SSH carries one line of text, and the login shell splits it. Every word is put in single quotes,
 * so that any POSIX shell (and csh, fish) hands exactly these words to the program and expands nothing.
 * NUL cannot be part of a word anywhere in Unix; a line break is refused because csh cannot quote it.
 * @throws Bug on a word that cannot be quoted: arguments are ours or checked at the door.
 */
export function quote(word: string): string {
  if (/[\0\r\n]/.test(word)) throw new Bug("a word of a command holds a NUL or a line break");
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export function quoteWords(words: readonly string[]): string {
  return words.map(quote).join(" ");
}
