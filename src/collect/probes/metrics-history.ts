import { z } from "zod";
import type { Row } from "../../facts/fact.ts";
import { isWhole, textOf } from "../parse/answer.ts";
import { jsonIn } from "../parse/json.ts";
import { facts, shown } from "../parse/reading.ts";
import { defineProbe } from "../probe.ts";

const sample = z.tuple([z.number().positive().max(1e11), z.string().max(40)]);
/** Prometheus' range query: values in the order of time. */
const matrix = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("matrix"),
    result: z
      .array(
        z.object({ metric: z.record(z.string().max(200), z.string().max(500)), values: z.array(sample).max(11_000) }),
      )
      .max(2_000),
  }),
});

const last = (says: string, unit?: string) =>
  ({ type: "number", says: `${says}, when it was last measured`, ...(unit === undefined ? {} : { unit }) }) as const;

/** What left the node before it fell silent: the last samples that somebody else keeps. */
export const metricsHistory = defineProbe({
  id: "metrics-history",
  asks: "How full and busy was the node when it was last measured?",
  provides: {
    "history.rows": {
      type: "rows",
      says: "what was last measured of the node, with its lowest and highest value in the quarter of an hour before",
      columns: ["what", "of", "value", "lowest", "highest", "at"],
    },
    "history.at": { type: "time", says: "when anything of the node was last measured" },
    "history.memory.availablePercent": last("memory that could still be had", "%"),
    "history.disk.availablePercent": last("free space of the fullest file system", "%"),
    "history.inodes.availablePercent": last("free inodes of the file system with the fewest", "%"),
    "history.load.perCpu": last("the load of five minutes for each processor"),
    "history.conntrack.usedPercent": last("how full the connection tracking table was", "%"),
    "history.pids.usedPercent": last("how full the table of threads was", "%"),
    "history.kubelet.up": last("1 where the kubelet's metrics could be read, else 0"),
  },
  via: { source: "metrics" },
  after: ["lease.renewTime"],
  past: "the same",
  limits: { timeoutMs: 8_000, maxBytes: 1024 * 1024 },
  byHand: ["promtool", "query", "range", "PROMETHEUS", "node_memory_MemAvailable_bytes{instance=~'NODE.*'}"],
  read: (answer) => {
    const found = isWhole(answer) ? matrix.safeParse(jsonIn(textOf(answer))).data : undefined;
    if (found === undefined) return {};
    const rows = found.data.result.flatMap(({ metric, values }) => rowOf(metric.what, metric.mountpoint, values));
    const ends = rows.map(({ at }) => String(at)).sort();
    const fact = (what: string, better: "lowest" | "highest") => {
      const chosen = worst(
        rows.filter((row) => row.what === what),
        better,
      );
      return chosen === undefined ? undefined : shown(chosen.value, chosen.line);
    };
    return {
      facts: facts({
        "history.rows": rows,
        "history.at": ends.at(-1) ?? null,
        "history.memory.availablePercent": fact("memory", "lowest"),
        "history.disk.availablePercent": fact("disk", "lowest"),
        "history.inodes.availablePercent": fact("inodes", "lowest"),
        "history.load.perCpu": fact("load", "highest"),
        "history.conntrack.usedPercent": fact("conntrack", "highest"),
        "history.pids.usedPercent": fact("pids", "highest"),
        "history.kubelet.up": fact("kubelet", "lowest"),
      }),
    };
  },
});

type Measured = Row & { readonly value: number; readonly line: string };

/** NaN and Inf are texts of their own and no measurement. */
function rowOf(
  what: string | undefined,
  of: string | undefined,
  values: readonly z.infer<typeof sample>[],
): readonly Measured[] {
  const numbers = values.map(([at, text]) => ({ at, value: text.trim() === "" ? Number.NaN : Number(text) }));
  const finite = numbers.filter(({ value }) => Number.isFinite(value));
  const end = finite.at(-1);
  if (what === undefined || end === undefined) return [];
  const all = finite.map(({ value }) => value);
  const [value, lowest, highest] = [end.value, Math.min(...all), Math.max(...all)].map(rounded) as [
    number,
    number,
    number,
  ];
  const at = new Date(end.at * 1_000).toISOString().replace(".000Z", "Z");
  const named = of === undefined ? what : `${what} ${of}`;
  return [
    { what, of: of ?? null, value, lowest, highest, at, line: `${at} ${named} ${value} (${lowest} to ${highest})` },
  ];
}

function worst(rows: readonly Measured[], better: "lowest" | "highest"): Measured | undefined {
  const sorted = [...rows].sort((one, other) => one.value - other.value);
  return better === "lowest" ? sorted[0] : sorted.at(-1);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
