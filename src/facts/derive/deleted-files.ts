import type { FactValue, Row } from "../fact.ts";
import type { Derivation } from "../reader.ts";

/** How much of a file system deleted files hold that a process keeps open, and how full it would be without them. */
export const deletedFileShare: Derivation = {
  id: "deleted-file-share",
  needs: ["file.deletedRows", "disk.rows"],
  provides: {
    "disk.deletedRows": {
      type: "rows",
      says: "file systems on which deleted files are kept open; the largest of them and how full it is with and without them",
      columns: ["mount", "pid", "path", "usedPercent", "withoutPercent", "serves", "line"],
    },
  },
  derive: (known) => {
    const files = rowsOf(known, "file.deletedRows");
    const disks = rowsOf(known, "disk.rows");
    if (files === undefined || disks === undefined) return {};
    return { "disk.deletedRows": disks.flatMap((disk) => shareOn(disk, files, disks)) };
  },
};

function shareOn(disk: Row, files: readonly Row[], disks: readonly Row[]): readonly Row[] {
  const here = distinct(files.filter(({ path }) => holding(String(path), disks) === disk));
  const largest = here[0];
  const { sizeKiB, usedPercent } = disk;
  if (largest === undefined || typeof sizeKiB !== "number" || typeof usedPercent !== "number" || sizeKiB <= 0)
    return [];
  const held = here.reduce((sum, { bytes }) => sum + Number(bytes), 0);
  const withoutPercent = Math.max(0, Math.round(usedPercent - (held / 1024 / sizeKiB) * 100));
  const { pid = null, path = null, line = null } = largest;
  return [{ mount: disk.mount ?? null, pid, path, usedPercent, withoutPercent, serves: disk.serves ?? null, line }];
}

/** Children keep their parent's files open; each file counts once. The largest comes first. */
function distinct(files: readonly Row[]): readonly Row[] {
  const byPath = new Map(files.map((file) => [`${file.path} ${file.bytes}`, file]));
  return [...byPath.values()].sort((one, other) => Number(other.bytes) - Number(one.bytes));
}

/** The file system whose mount point is the longest start of the path. */
function holding(path: string, disks: readonly Row[]): Row | undefined {
  const under = disks.filter(({ mount }) => mount === "/" || path.startsWith(`${mount}/`));
  return under.sort((one, other) => String(other.mount).length - String(one.mount).length)[0];
}

function rowsOf(known: ReadonlyMap<string, FactValue>, name: string): readonly Row[] | undefined {
  const rows = known.get(name);
  return Array.isArray(rows) ? (rows as readonly Row[]) : undefined;
}
