import type { FactValue, Row } from "../fact.ts";
import type { Derivation } from "../reader.ts";

/** Which pods fill the disk: their logs and volumes, of the folders that were measured. */
export const diskPods: Derivation = {
  id: "disk-pods",
  needs: ["disk.folderRows", "pods.rows"],
  provides: {
    "disk.podRows": {
      type: "rows",
      says: "pods whose logs or volumes take 50 MiB and more, largest first; a pod that is gone has no name",
      columns: ["namespace", "name", "kib", "path"],
    },
  },
  derive: (known): Readonly<Record<string, readonly Row[]>> => {
    const folders = rowsOf(known, "disk.folderRows");
    if (folders === undefined) return {};
    const byUid = new Map(rowsOf(known, "pods.rows")?.map((pod) => [pod.uid, pod]));
    const found = folders.flatMap(({ path = null, kib = null }): readonly Row[] => {
      const logs = /^\/var\/log\/pods\/([^/_]+)_([^/_]+)_[^/]+$/.exec(String(path));
      const uid = /^\/var\/lib\/kubelet\/pods\/([^/]+)$/.exec(String(path))?.[1];
      const pod = uid === undefined ? undefined : byUid.get(uid);
      if (logs === null && uid === undefined) return [];
      return [{ namespace: logs?.[1] ?? pod?.namespace ?? null, name: logs?.[2] ?? pod?.name ?? null, kib, path }];
    });
    return { "disk.podRows": found };
  },
};

function rowsOf(known: ReadonlyMap<string, FactValue>, name: string): readonly Row[] | undefined {
  const rows = known.get(name);
  return Array.isArray(rows) ? (rows as readonly Row[]) : undefined;
}
