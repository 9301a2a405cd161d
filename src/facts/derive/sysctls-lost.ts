import type { FactValue, Row } from "../fact.ts";
import type { Derivation } from "../reader.ts";

/** What the kernel itself begins with, for those that somebody must have set. */
const kernelDefaults: Readonly<Record<string, string>> = {
  "net.ipv4.ip_forward": "0",
  "vm.overcommit_memory": "0",
  "kernel.panic": "0",
};

/** Kernel settings that are other now than a boot would make them. */
export const sysctlsLost: Derivation = {
  id: "sysctls-lost",
  needs: ["sysctl.rows", "sysctl.persisted"],
  provides: {
    "sysctl.lost": {
      type: "rows",
      says: "kernel settings that a reboot would change: the value now, the value then, and the file that sets it",
      columns: ["name", "value", "atBoot", "file"],
    },
  },
  derive: (known) => {
    const now = rowsOf(known, "sysctl.rows");
    const persisted = rowsOf(known, "sysctl.persisted");
    if (now === null || persisted === null) return {};
    const lost = now.flatMap(({ name = null, value = null }): readonly Row[] => {
      const file = persisted.find((row) => row.name === name);
      const atBoot = file?.value ?? kernelDefaults[String(name)] ?? null;
      if (atBoot === null || same(atBoot, value)) return [];
      return [{ name, value, atBoot, file: file?.file ?? null }];
    });
    return { "sysctl.lost": lost };
  },
};

function rowsOf(known: ReadonlyMap<string, FactValue>, name: string): readonly Row[] | null {
  const rows = known.get(name);
  return Array.isArray(rows) ? (rows as readonly Row[]) : null;
}

/** Blanks between several numbers are the kernel's own. */
function same(one: Row[string] | undefined, other: Row[string] | undefined): boolean {
  const plain = (value: unknown): string => String(value).trim().replaceAll(/\s+/g, " ");
  return plain(one) === plain(other);
}
