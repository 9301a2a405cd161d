/** One line of `stat -L -c '%n|%F|%s|%a|%U:%G|%Y'`, and of nothing else. */
export interface FileStat {
  readonly path: string;
  readonly kind: string;
  readonly size: number;
  /** Octal, as `755`. */
  readonly mode: string;
  readonly owner: string;
  /** Seconds since 1970. */
  readonly changed: string;
  readonly line: string;
}

/** Follows links, so that a link to nothing counts as missing. */
export function statOf(paths: readonly string[]): readonly string[] {
  return ["stat", "-L", "-c", "%n|%F|%s|%a|%U:%G|%Y", ...paths];
}

export function statsIn(lines: readonly string[]): readonly FileStat[] {
  return lines.flatMap((line) => {
    const parts = /^(\/[^|]{0,4000})\|([a-z ]{3,30})\|(\d{1,15})\|([0-7]{1,5})\|([^|]{1,130})\|(\d{1,11})$/.exec(line);
    const [, path = "", kind = "", size, mode = "", owner = "", changed = ""] = parts ?? [];
    return parts === null ? [] : [{ path, kind, size: Number(size), mode, owner, changed, line }];
  });
}

/** The line in which a tool says so of this path; undefined: it does not say that the path is missing. */
export function missingLine(lines: readonly string[], path: string): string | undefined {
  const named = [`'${path}'`, `‘${path}’`, `${path}:`, `"${path}"`];
  return lines.find((line) => line.endsWith("No such file or directory") && named.some((name) => line.includes(name)));
}
