import type { Row } from "../../facts/fact.ts";

/** What a file system serves, most important first. */
export const roles = ["root", "kubelet", "runtime", "log", "run"] as const;
export type Role = (typeof roles)[number];

/** The folders that give a file system its role; the runtime's differ by runtime and flavour. */
export const roleFolders: Readonly<Record<Role, readonly string[]>> = {
  root: ["/"],
  kubelet: ["/var/lib/kubelet"],
  runtime: [
    "/var/lib/containerd",
    "/var/lib/containers",
    "/var/lib/docker",
    "/var/lib/rancher",
    "/var/lib/k0s",
    "/var/snap/microk8s/common",
  ],
  log: ["/var/log"],
  run: ["/run"],
};

/** The first runtime folder is taken where no other is a mount of its own. */
const asked: readonly (readonly [Role, string])[] = roles.flatMap((role) =>
  roleFolders[role].map((folder) => [role, folder] as const),
);

/** Which of several mount points holds this path: the longest that begins it; the last of equal ones lies on top. */
export function covering(mounts: readonly string[], path: string): number {
  let best = -1;
  for (const [index, mount] of mounts.entries()) {
    const holds = mount === "/" || path === mount || path.startsWith(`${mount}/`);
    if (holds && mount.length >= (mounts[best]?.length ?? 0)) best = index;
  }
  return best;
}

/**
 * Rows with what each mount serves: `role` the most important, `serves` all, blank-separated. `held` says which folder
 * lies on which mount where the answer itself shows it (df follows links); else the paths decide.
 */
export function withRoles<Given extends Row & { readonly mount: string }>(
  rows: readonly Given[],
  held: ReadonlyMap<string, string> = new Map(),
): readonly (Given & { readonly role: string; readonly serves: string })[] {
  const mounts = rows.map(({ mount }) => mount);
  const served = new Map<number, Set<Role>>();
  for (const [role, folder] of asked) {
    const shownMount = held.get(folder);
    const index = shownMount === undefined ? placeOf(mounts, folder) : mounts.lastIndexOf(shownMount);
    // A runtime folder that is not there counts only where it would have a mount of its own.
    if (index >= 0 && counts(role, folder, mounts[index] ?? "", held))
      served.set(index, (served.get(index) ?? new Set()).add(role));
  }
  return rows.map((row, index) => {
    const list = roles.filter((role) => served.get(index)?.has(role));
    return { ...row, role: list[0] ?? "other", serves: list.join(" ") };
  });
}

/** Container-Optimized OS keeps /var on its stateful partition; df without arguments shows only the latter. */
function placeOf(mounts: readonly string[], folder: string): number {
  const index = covering(mounts, folder);
  const stateful = mounts.indexOf("/mnt/stateful_partition");
  return mounts[index] === "/" && folder.startsWith("/var/") && stateful >= 0 ? stateful : index;
}

function counts(role: Role, folder: string, mount: string, held: ReadonlyMap<string, string>): boolean {
  if (role !== "runtime" || folder === roleFolders.runtime[0]) return true;
  return held.has(folder) || mount.startsWith(folder.split("/").slice(0, 4).join("/"));
}
