import { askedWords, linesOf } from "../parse/answer.ts";
import { type DfRow, dfRows, distinct, heldBy } from "../parse/df.ts";
import { dfOf } from "../parse/df-paths.ts";
import { integer } from "../parse/reading.ts";
import { whole } from "../parse/recognise.ts";
import { withRoles } from "../parse/roles.ts";
import { kibibytes } from "../parse/size.ts";
import { defineProbe } from "../probe.ts";

/** Inodes on the file systems the node lives on: they can run out while there is space. */
export const diskInodes = defineProbe({
  id: "disk-inodes",
  asks: "Are there inodes left?",
  provides: {
    "inode.rows": {
      type: "rows",
      says: "inodes on local file systems; serves lists the roles of which role is the most important",
      columns: ["mount", "device", "usedPercent", "free", "line", "role", "serves"],
    },
  },
  after: ["mount.rows"],
  via: { source: "ssh", argv: dfOf("-PiT") },
  limits: { timeoutMs: 5_000, maxBytes: 64 * 1024 },
  recognises: whole((words) => words[0] === "df" && words.some((word) => /^(-\w*i\w*|--inodes)$/.test(word))),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const rows = dfRows(lines, "inodes");
    if (rows.length === 0) return {};
    return { facts: { "inode.rows": withRoles(distinct(rows).map(inodeRow), heldBy(asked, lines, rows)) } };
  },
});

function inodeRow(row: DfRow) {
  const free = integer(row.cells[2]) ?? humanCount(row.cells[2]);
  return { mount: row.mount, device: row.device, usedPercent: row.usedPercent, free, line: row.line };
}

/** `df -ih` counts in K of 1024. */
function humanCount(cell: string | undefined): number | null {
  const kib = kibibytes(cell, "B");
  return kib === undefined ? null : Math.round(kib * 1024);
}
