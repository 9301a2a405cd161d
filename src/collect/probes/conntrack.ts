import { askedWords, linesOf } from "../parse/answer.ts";
import { grepAll, grepped } from "../parse/grep.ts";
import { facts, integer, percent } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const folder = "/proc/sys/net/netfilter";

/** The connection table. Where the kernel module is not loaded there is none. */
export const conntrack = defineProbe({
  id: "conntrack",
  asks: "Is the connection table full?",
  provides: {
    "conntrack.max": { type: "number", says: "connections the table can hold" },
    "conntrack.count": { type: "number", says: "connections in it" },
    "conntrack.usedPercent": { type: "number", says: "how full it is", unit: "%" },
  },
  via: { source: "ssh", argv: grepAll([`${folder}/nf_conntrack_max`, `${folder}/nf_conntrack_count`]) },
  limits: { timeoutMs: 1_000, maxBytes: 4 * 1024 },
  recognises: (words) => words.some((word) => /nf_conntrack_(max|count)$/.test(word)),
  read: (answer, { asked: question }) => {
    const asked = askedWords(question);
    const lines = linesOf(answer);
    const files = grepped(lines, asked);
    const figure = (name: string) =>
      integer(files.get(`${folder}/nf_conntrack_${name}`)?.[0]) ??
      integer(
        lines
          .map((line) => new RegExp(`nf_conntrack_${name} = (\\d{1,12})$`).exec(line)?.[1])
          .find((found) => found !== undefined),
      );
    const [max, count] = [figure("max"), figure("count")];
    return {
      facts: facts({
        "conntrack.max": max,
        "conntrack.count": count,
        "conntrack.usedPercent": max === undefined || count === undefined ? undefined : percent(count, max),
      }),
    };
  },
});
