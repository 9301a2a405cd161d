import { type FactBase, factValue, numberOf, textOf } from "../facts/base.ts";
import type { Row } from "../facts/fact.ts";
import type { Impact } from "./report.ts";

/** Pods are moved this long after the node's taint, unless they tolerate it longer (the admission default). */
const defaultToleration = 300_000;

/** Who is hurt, as far as the cluster could be read; null is "not known". */
export function impactOf(base: FactBase): Impact {
  const rows = factValue(base, "pods.rows") as readonly Row[] | undefined;
  const names = (fits: (row: Row) => boolean): readonly string[] | null =>
    rows?.filter(fits).map((row) => `${row.namespace}/${row.name}`) ?? null;
  return {
    pods: numberOf(base, "pods.count"),
    byController: rows ? byController(rows) : null,
    withoutController: names((row) => !row.controllerKind && row.static !== true),
    localData: names((row) => row.localData === true),
    evictionStarts: evictionStarts(base),
  };
}

function byController(rows: readonly Row[]): { kind: string; name: string; pods: number }[] {
  const groups = new Map<string, { kind: string; name: string; pods: number }>();
  for (const row of rows) {
    if (!row.controllerKind) continue;
    const kind = String(row.controllerKind);
    const name = `${row.namespace}/${row.controller}`;
    const group = groups.get(`${kind} ${name}`) ?? { kind, name, pods: 0 };
    group.pods += 1;
    groups.set(`${kind} ${name}`, group);
  }
  return [...groups.values()].sort((a, b) => b.pods - a.pods || (a.name < b.name ? -1 : 1));
}

function evictionStarts(base: FactBase): string | null {
  if (textOf(base, "node.ready") === "True") return null;
  const taints = factValue(base, "node.taints") as readonly Row[] | undefined;
  const taint = taints?.find(
    (row) => row.effect === "NoExecute" && /^node\.kubernetes\.io\/(not-ready|unreachable)$/.test(String(row.key)),
  );
  const since = Date.parse(String(taint?.since ?? ""));
  return Number.isFinite(since) ? new Date(since + defaultToleration).toISOString() : null;
}
