/**
 * One line for /etc/sudoers.d that allows exactly these words. sudoers wants absolute paths; where
 * the program lives is the node's business, so the folder is /usr/bin unless the words say another.
 */
export function sudoersLine(user: string, words: readonly string[]): string {
  const [program = "", ...rest] = words;
  const absolute = program.startsWith("/") ? program : `/usr/bin/${program}`;
  return `${escaped(user)} ALL=(root) NOPASSWD: ${escaped(absolute)}${rest.map(argument).join("")}`;
}

/** sudoers reads many blanks as one and knows no empty argument: one more blank, taken literally, stands for it. */
function argument(word: string): string {
  return word === "" ? "\\ " : ` ${escaped(word)}`;
}

/**
 * sudoers(5): these have a meaning in arguments and are taken literally after a backslash. A backslash is read twice,
 * by the file's parser and by the matcher of patterns: four of them stand for one (seen with sudo 1.9.13).
 */
function escaped(word: string): string {
  return word.replace(/[\\,:=*?[\]!" #]/g, (special) => (special === "\\" ? "\\\\\\\\" : `\\${special}`));
}
