import type { FactValue, Row } from "../fact.ts";
import type { Derivation } from "../reader.ts";

/**
 * The CNI plugins the configuration calls against those that are there. The folder that counts is the one the running
 * runtime names, else its file's; without either nothing is said.
 */
export const cni: Derivation = {
  id: "cni",
  needs: ["cni.types", "cni.binRows", "cni.binDirsListed", "containerd.cniBinDir", "cri.cniBinDir"],
  provides: {
    "cni.binDir": { type: "string", says: "the folder the runtime takes CNI plugins from" },
    "cni.missing": { type: "list", says: "plugins the configuration calls that are not in that folder" },
    "cni.foundElsewhere": {
      type: "rows",
      says: "missing plugins that lie in another folder",
      columns: ["name", "dir"],
    },
    "cni.broken": { type: "list", says: "plugins in that folder that are empty or may not be executed" },
  },
  derive: (known) => {
    const binDir = known.get("cri.cniBinDir") ?? known.get("containerd.cniBinDir");
    if (typeof binDir !== "string") return {};
    const rows = known.get("cni.binRows");
    const listed = known.get("cni.binDirsListed");
    if (!Array.isArray(rows) || !Array.isArray(listed) || !listed.some((dir) => dir === binDir))
      return { "cni.binDir": binDir };
    return { "cni.binDir": binDir, ...compared(rows as readonly Row[], binDir, known.get("cni.types")) };
  },
};

function compared(rows: readonly Row[], binDir: string, types: FactValue | undefined) {
  const here = rows.filter(({ dir }) => dir === binDir);
  const broken = here.filter(({ kind, size, executable }) => kind === "-" && (size === 0 || executable === false));
  const found = { "cni.broken": broken.map(({ name }) => String(name)) };
  if (!Array.isArray(types)) return found;
  const missing = types.map(String).filter((type) => !here.some(({ name }) => name === type));
  const elsewhere = rows.filter(({ dir, name }) => dir !== binDir && missing.includes(String(name)));
  return {
    ...found,
    "cni.missing": missing,
    "cni.foundElsewhere": elsewhere.map(({ name, dir }) => ({ name: String(name), dir: String(dir) })),
  };
}
