import type { Row } from "../../facts/fact.ts";
import type { Known } from "../probe.ts";
import { covering, roleFolders, roles } from "./roles.ts";

const paths = [...roles.flatMap((role) => roleFolders[role]), "/var", "/var/tmp", "/tmp"];

/**
 * df on named local folders, and only on those that lie on no network or FUSE mount: asking those can hang for ever.
 * Without the mount table nothing is asked.
 */
export function dfOf(...options: readonly string[]) {
  return (known: Known): readonly string[] | null => {
    const rows = known.get("mount.rows");
    if (!Array.isArray(rows)) return null;
    const table = rows as readonly Row[];
    const mounts = table.map(({ mount }) => String(mount));
    const local = paths.filter((path) => table[covering(mounts, path)]?.network !== true);
    return ["env", "LC_ALL=C", "df", ...options, ...local];
  };
}
