import { linesOf } from "../parse/answer.ts";
import { mountsIn } from "../parse/mount-table.ts";
import { whole } from "../parse/recognise.ts";
import { withRoles } from "../parse/roles.ts";
import { defineProbe } from "../probe.ts";

/** The mount table. Read before anything touches a path, so that no probe waits for a dead file server. */
export const mounts = defineProbe({
  id: "mounts",
  asks: "What is mounted, and how?",
  provides: {
    "mount.rows": {
      type: "rows",
      says: "the mount table; emergency: the file system shut itself to writes after an error; closed: what takes no writes, the file system or only this mount of it",
      columns: [
        "device",
        "mount",
        "type",
        "options",
        "readOnly",
        "closed",
        "emergency",
        "network",
        "line",
        "role",
        "serves",
      ],
    },
  },
  via: { source: "ssh", argv: ["cat", "/proc/self/mountinfo"] },
  limits: { timeoutMs: 2_000, maxBytes: 512 * 1024 },
  recognises: whole(
    (words) =>
      (words[0] === "mount" && words.length === 1) ||
      words[0] === "findmnt" ||
      words.some((word) => /^\/(proc\/(self\/|\d+\/)?(mounts|mountinfo)|etc\/mtab)$/.test(word)),
  ),
  read: (answer) => {
    const rows = mountsIn(linesOf(answer));
    return rows.length === 0 ? {} : { facts: { "mount.rows": withRoles(rows) } };
  },
});
