import type { FactSpec, FactValue, Row } from "../fact.ts";
import type { Derivation, Reading } from "../reader.ts";

const roles: Readonly<Record<string, string>> = {
  root: "/",
  kubelet: "the kubelet's folder",
  runtime: "the container runtime's folder",
  log: "/var/log",
  run: "/run",
};

/** How full the file systems are that the node lives on, and which of its mounts cannot be written. */
export const fileSystems: Derivation = {
  id: "file-systems",
  needs: ["disk.rows", "inode.rows", "mount.rows"],
  provides: {
    ...specs("disk", "space"),
    ...specs("inode", "inodes"),
    "mount.readOnlyRoles": {
      type: "list",
      says: "what lies on a read-only file system: root, kubelet, runtime, log, run",
    },
    "mount.network": { type: "list", says: "mount points whose server may be gone: network and FUSE file systems" },
  },
  derive: (known) => ({
    ...shares("disk", rowsOf(known, "disk.rows")),
    ...shares("inode", rowsOf(known, "inode.rows")),
    ...mountFacts(rowsOf(known, "mount.rows")),
  }),
};

function specs(prefix: string, what: string): Readonly<Record<string, FactSpec>> {
  return Object.fromEntries(
    Object.entries(roles).map(([role, folder]) => [
      `${prefix}.${role}UsedPercent`,
      {
        type: "number",
        unit: "%",
        says: `how much of the ${what} is used on the file system that holds ${folder}`,
      } as const,
    ]),
  );
}

function rowsOf(known: ReadonlyMap<string, FactValue>, name: string): readonly Row[] | undefined {
  const rows = known.get(name);
  return Array.isArray(rows) ? (rows as readonly Row[]) : undefined;
}

/** Where several file systems serve one role, the fullest counts. */
function shares(prefix: string, rows: readonly Row[] | undefined): Readonly<Record<string, Reading>> {
  const found: Record<string, Reading> = {};
  for (const role of Object.keys(roles)) {
    const fullest = (rows ?? [])
      .filter((row) => serves(row, role) && typeof row.usedPercent === "number")
      .sort(byUse)[0];
    if (typeof fullest?.usedPercent === "number") {
      found[`${prefix}.${role}UsedPercent`] = { value: fullest.usedPercent, line: String(fullest.line ?? "") };
    }
  }
  return found;
}

const byUse = (one: Row, other: Row) => Number(other.usedPercent) - Number(one.usedPercent);

function serves(row: Row, role: string): boolean {
  return String(row.serves ?? "")
    .split(" ")
    .includes(role);
}

function mountFacts(rows: readonly Row[] | undefined): Readonly<Record<string, Reading | FactValue>> {
  if (rows === undefined) return {};
  const closed = rows.filter(({ readOnly }) => readOnly === true);
  const found = Object.keys(roles).filter((role) => closed.some((row) => serves(row, role)));
  const line = closed.find((row) => found.some((role) => serves(row, role)))?.line;
  return {
    "mount.readOnlyRoles": { value: found, ...(typeof line === "string" ? { line } : {}) },
    "mount.network": rows.filter(({ network }) => network === true).map(({ mount }) => String(mount)),
  };
}
