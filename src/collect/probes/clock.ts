import { isLive, linesOf } from "../parse/answer.ts";
import { facts, shown } from "../parse/reading.ts";
import { dateStamp, isoStamp, systemdStamp } from "../parse/stamp.ts";
import { defineProbe } from "../probe.ts";

/** The node's clock, against the collector's at the moment the answer was complete. */
export const clock = defineProbe({
  id: "clock",
  asks: "What time is it on the node?",
  provides: {
    "clock.nodeTime": { type: "time", says: "the node's clock when it was asked" },
    "clock.offsetSeconds": {
      type: "number",
      says: "the node's clock minus the collector's; positive: the node is ahead",
      unit: "s",
    },
  },
  via: { source: "ssh", argv: ["date", "-u", "+%Y-%m-%dT%H:%M:%SZ"] },
  limits: { timeoutMs: 2_000, maxBytes: 1024 },
  recognises: (words) => words[0] === "date" || words[0] === "timedatectl",
  read: (answer, { asked, evidenceAt }) => {
    for (const line of linesOf(answer)) {
      const at =
        isoStamp(line.trim()) ?? dateStamp(line) ?? systemdStamp(/^\s*Universal time: (.{10,40})$/.exec(line)?.[1]);
      if (at !== undefined)
        return {
          facts: facts({
            "clock.nodeTime": shown(at, line),
            "clock.offsetSeconds": isLive(asked) ? offset(at, evidenceAt) : undefined,
          }),
        };
    }
    return {};
  },
});

/** A case's own time is no measure: only an answer that was timed tells an offset. */
function offset(at: string, evidenceAt: string | null): number | undefined {
  const asOf = Date.parse(evidenceAt ?? "");
  return Number.isNaN(asOf) ? undefined : Math.round((Date.parse(at) - asOf) / 1000);
}
