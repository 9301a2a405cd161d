import { kibibytes } from "./size.ts";

/** One file system in the output of df, with or without `-T`, `-h`, `-i`. */
export interface DfRow {
  readonly mount: string;
  readonly device: string;
  readonly type: string | null;
  /** Size, used and available, in the words of the output. */
  readonly cells: readonly string[];
  readonly usedPercent: number | null;
  readonly line: string;
}

/** What the table counts: `Inodes` in the head, or blocks. */
export type DfKind = "space" | "inodes";

/** All tables of a kind in a text; a row that wraps (a long device name) is read as one. */
export function dfRows(lines: readonly string[], kind: DfKind): readonly DfRow[] {
  const rows: DfRow[] = [];
  let table: DfKind | undefined;
  let typed = false;
  let wrapped = "";
  for (const line of lines) {
    if (/^Filesystem\s/.test(line)) {
      table = /\sI?[Ii]nodes\s/.test(line) ? "inodes" : "space";
      typed = /^Filesystem\s+Type\s/.test(line);
    } else if (table === kind) {
      const row = rowOf(`${wrapped}${line}`, typed);
      wrapped = row === undefined && /^\S+$/.test(line) ? line : "";
      if (row !== undefined) rows.push(row);
    }
  }
  return rows;
}

function rowOf(line: string, typed: boolean): DfRow | undefined {
  const parts =
    /^(\S+)\s+(?:([a-z][\w.-]*)\s+)?([\d.,]+[KMGTPE]?|-)\s+([\d.,]+[KMGTPE]?|-)\s+(-?[\d.,]+[KMGTPE]?|-)\s+(\d{1,4}%|-)\s+(\/.*)$/.exec(
      line,
    );
  if (parts === null) return undefined;
  const [, device = "", type, size = "", used = "", free = "", share = "", mount = ""] = parts;
  return {
    mount,
    device,
    type: typed ? (type ?? null) : null,
    cells: [size, used, free],
    usedPercent: share === "-" ? null : Number(share.slice(0, -1)),
    line,
  };
}

/** Size and free space in KiB. Bare numbers are in the head's block size, which is 1 KiB but for `-B` and POSIX. */
export function sizeKiB(cell: string | undefined, blockBytes: number): number | null {
  const bare = /^\d+$/.test(cell ?? "") ? Math.round((Number(cell) * blockBytes) / 1024) : kibibytes(cell);
  return bare ?? null;
}

/** `1K-blocks`, `1024-blocks`, `512-blocks`, `1M-blocks` in the head. */
export function blockBytesIn(lines: readonly string[]): number {
  const unit = lines
    .map((line) => /^Filesystem\s.*?\b(\d{1,9})([KMG]?)-blocks/.exec(line))
    .find((parts) => parts !== null);
  const factor = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit?.[2] ?? ""] ?? 1;
  return unit === undefined ? 1024 : Number(unit?.[1] ?? "1024") * factor;
}

/** Which mount each asked path lies on: df prints one row per path it could find, in the order asked. */
export function heldBy(
  asked: readonly string[],
  lines: readonly string[],
  rows: readonly DfRow[],
): ReadonlyMap<string, string> {
  const paths = asked.filter((word) => word.startsWith("/"));
  const found = paths.filter((path) => !lines.some((line) => line.includes(`${path}:`) || line.includes(`${path}'`)));
  if (found.length !== rows.length) return new Map();
  return new Map(found.map((path, index) => [path, rows[index]?.mount ?? "/"]));
}

/** The same file system once, however many of the asked paths lie on it. */
export function distinct(rows: readonly DfRow[]): readonly DfRow[] {
  return [...new Map(rows.map((row) => [row.mount, row])).values()].slice(0, 500);
}
