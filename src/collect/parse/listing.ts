/** One line of `ls -l`. */
export interface Listed {
  /** The first sign: `-` file, `d` folder, `l` link, `s` socket. */
  readonly kind: string;
  readonly permissions: string;
  readonly owner: string;
  readonly group: string;
  readonly size: number;
  readonly name: string;
  readonly line: string;
}

export interface Listing {
  readonly dir: string;
  readonly entries: readonly Listed[];
  /** A `total` line was seen: the folder was opened and listed. */
  readonly whole: boolean;
}

const entryLine =
  /^([-dlscbp])([-rwxsStT]{9})[.+@]?\s+\d+\s+(\S+)\s+(\S+)\s+(\d+)(?:, +\d+)?\s+(\S+\s+\S+\s+\S+)\s+(.+)$/;

/**
 * The folders in the output of `ls -la A B`: `A:`, `total 12`, and a line per entry. Of a single folder ls prints no
 * heading; `asked` then names it. Names of single files are full paths.
 */
export function listingsIn(lines: readonly string[], asked: readonly string[]): readonly Listing[] {
  const paths = asked.filter((word) => word.startsWith("/"));
  const found: { dir: string; entries: Listed[]; whole: boolean }[] = [];
  if (paths.length === 1) found.push({ dir: trimmed(paths[0] ?? "/"), entries: [], whole: false });
  for (const line of lines) {
    const dir = /^(\/[^:]{0,4000}):$/.exec(line)?.[1];
    const current = found.at(-1);
    if (dir !== undefined) found.push({ dir: trimmed(dir), entries: [], whole: false });
    else if (current !== undefined && /^total \d+/.test(line)) current.whole = true;
    else if (current !== undefined)
      current.entries.push(...entriesOf(line).filter(({ name }) => !name.startsWith("/")));
  }
  return found;
}

/** Every entry line, whichever folder it belongs to: for `ls -l /usr/bin/kubelet`. */
export function entriesOf(line: string): readonly Listed[] {
  const parts = entryLine.exec(line);
  if (parts === null) return [];
  const [, kind = "", permissions = "", owner = "", group = "", size, , shownName = ""] = parts;
  const name = kind === "l" ? (shownName.split(" -> ")[0] ?? shownName) : shownName;
  return name === "." || name === ".." ? [] : [{ kind, permissions, owner, group, size: Number(size), name, line }];
}

function trimmed(dir: string): string {
  return dir.length > 1 && dir.endsWith("/") ? dir.slice(0, -1) : dir;
}
