import { askedWords, linesOf } from "../parse/answer.ts";
import { blockBytesIn, type DfRow, dfRows, distinct, heldBy, sizeKiB } from "../parse/df.ts";
import { dfOf } from "../parse/df-paths.ts";
import { whole } from "../parse/recognise.ts";
import { withRoles } from "../parse/roles.ts";
import { defineProbe } from "../probe.ts";

/** Space on the file systems the node lives on. A path that is missing makes df exit 1; the others are still shown. */
export const diskSpace = defineProbe({
  id: "disk-space",
  asks: "How full are the disks?",
  provides: {
    "disk.rows": {
      type: "rows",
      says: "space on local file systems; serves lists the roles of which role is the most important",
      columns: ["mount", "device", "type", "sizeKiB", "usedPercent", "availableKiB", "line", "role", "serves"],
    },
  },
  after: ["mount.rows"],
  via: { source: "ssh", argv: dfOf("-PkT") },
  limits: { timeoutMs: 5_000, maxBytes: 64 * 1024 },
  recognises: whole((words) => words[0] === "df" && !words.some((word) => /^-\w*i/.test(word))),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const rows = dfRows(lines, "space");
    if (rows.length === 0) return {};
    const blockBytes = blockBytesIn(lines);
    const held = heldBy(asked, lines, rows);
    return {
      facts: {
        "disk.rows": withRoles(
          distinct(rows).map((row) => spaceRow(row, blockBytes)),
          held,
        ),
      },
    };
  },
});

function spaceRow(row: DfRow, blockBytes: number) {
  return {
    mount: row.mount,
    device: row.device,
    type: row.type,
    sizeKiB: sizeKiB(row.cells[0], blockBytes),
    usedPercent: row.usedPercent,
    availableKiB: sizeKiB(row.cells[2], blockBytes),
    line: row.line,
  };
}
