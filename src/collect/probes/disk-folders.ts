import type { Row } from "../../facts/fact.ts";
import { linesOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { roleFolders } from "../parse/roles.ts";
import { defineProbe, type Known } from "../probe.ts";

/** Below this a disk is not what hurts. Percent. */
const full = 80;
const folders = { log: roleFolders.log, kubelet: roleFolders.kubelet, runtime: roleFolders.runtime } as const;

/**
 * Which folders fill a disk: of the log's, kubelet's and runtime's that lie on one that is nearly full. du goes from
 * small to large within a few seconds, at the lowest priority; what it had found by then counts. Where a network or FUSE
 * file system is mounted below a folder, that folder is left out: even looking at the mount point can hang.
 */
export const diskFolders = defineProbe({
  id: "disk-folders",
  asks: "Which folders fill the disk?",
  provides: {
    "disk.folderRows": {
      type: "rows",
      says: "folders of 50 MiB and more below the log's, kubelet's and runtime's, largest first; partly counted where time ran out",
      columns: ["path", "kib"],
    },
  },
  after: ["disk.rows", "mount.network"],
  via: { source: "ssh", argv: ask, sudo: true },
  byHand: ["du", "-xk", "-d", "2", "-t", "50M", "/var/log"],
  limits: { timeoutMs: 7_000, maxBytes: 128 * 1024 },
  read: (answer) => {
    const rows = linesOf(answer)
      .flatMap((line) => {
        const [, kib, path] = /^(\d{1,15})\t(\/.{1,1000})$/.exec(line) ?? [];
        return path === undefined ? [] : [{ path, kib: Number(kib), line }];
      })
      .sort((one, other) => other.kib - one.kib);
    const [first] = rows;
    if (first === undefined) return {};
    return {
      facts: {
        "disk.folderRows": shown(
          rows.slice(0, 60).map(({ path, kib }) => ({ path, kib })),
          first.line,
        ),
      },
    };
  },
});

function ask(known: Known): readonly string[] | null {
  const disks = known.get("disk.rows");
  const remote = known.get("mount.network");
  if (!Array.isArray(disks) || !Array.isArray(remote)) return null;
  const fullOnes = (disks as readonly Row[]).filter(({ usedPercent }) => Number(usedPercent) > full);
  const served = fullOnes.flatMap(({ serves }) => String(serves ?? "").split(" "));
  const paths = Object.entries(folders).flatMap(([role, own]) => (served.includes(role) ? own : []));
  const local = paths.filter(
    (path) => !remote.map(String).some((each) => each === path || each.startsWith(`${path}/`)),
  );
  if (local.length === 0) return null;
  return ["timeout", "5", "nice", "-n", "19", "du", "-xk", "-d", "2", "-t", "50M", ...local];
}
