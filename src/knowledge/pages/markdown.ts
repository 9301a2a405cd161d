/** Text from knowledge as Markdown: what would be read as markup is shown as it is. Backticks stay: they mean code. */
export function inline(text: string): string {
  return oneLine(text).replace(/[\\<*|]/g, (char) => (char === "<" ? "&lt;" : `\\${char}`));
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** A heading and its lines; nothing where there are none. */
export function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${heading}`, "", ...lines, ""];
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** A command as one would type it. A word that a shell would read as more than a word is quoted. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}

/** A block of commands; the fence is longer than any run of backticks inside. */
export function codeBlock(lines: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}sh`, ...lines, fence];
}
