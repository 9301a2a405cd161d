import { isWhole, linesOf, statusOf } from "../parse/answer.ts";
import { shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const noBus = /System has not been booted with systemd|Failed to (connect to bus|list units)/;

/** Every unit that has failed, whoever needs it. As pasted it stays text, which rules on any log may match. */
export const unitsFailed = defineProbe({
  id: "units-failed",
  asks: "Which units have failed?",
  provides: {
    "units.failed": { type: "rows", says: "units in state failed", columns: ["unit", "says"] },
  },
  via: {
    source: "ssh",
    argv: [
      "env",
      "LC_ALL=C",
      "systemctl",
      "list-units",
      "--state=failed",
      "--all",
      "--no-legend",
      "--plain",
      "--no-pager",
    ],
  },
  byHand: ["systemctl", "--failed", "--no-pager"],
  limits: { timeoutMs: 3_000, maxBytes: 64 * 1024 },
  read: (answer) => {
    const lines = linesOf(answer);
    if (!isWhole(answer) || statusOf(answer) !== 0 || lines.some((line) => noBus.test(line))) return {};
    const rows = lines.flatMap((line) => {
      const [, unit, says = ""] = /^\s*(?:● )?(\S{2,256}) +\S+ +failed +failed +(.{0,300})$/.exec(line) ?? [];
      return unit === undefined ? [] : [{ unit, says: says.trim(), line }];
    });
    const bare = rows.map(({ unit, says }) => ({ unit, says }));
    return { facts: { "units.failed": shown(bare.slice(0, 100), rows[0]?.line) } };
  },
});
