import type { Report } from "../report/report.ts";

/** Who is hurt. Every figure comes from evidence or says that it is not known. */
export function hurtOf({ impact, status, verdict }: Report): string {
  if (status === "Ready" || verdict === "none") return "";
  if (impact.pods === null) return status === null ? "" : "not known (the pods could not be read).";
  if (impact.pods === 0) return "no pods run here.";
  const parts = [`${plural(impact.pods, "pod")} here; they may still run, but get no Service traffic`];
  const alone = impact.withoutController ?? [];
  if (alone.length > 0) parts.push(`without a controller, so not replaced: ${listed(alone)}`);
  const stateful = (impact.byController ?? []).filter(({ kind }) => kind === "StatefulSet");
  if (stateful.length > 0) parts.push(`StatefulSets wait for this node: ${listed(stateful.map(({ name }) => name))}`);
  if ((impact.localData ?? []).length > 0) parts.push(`with data on this node: ${listed(impact.localData ?? [])}`);
  return `${parts.join("; ")}.`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function listed(names: readonly string[]): string {
  return names.length <= 4 ? names.join(", ") : `${names.slice(0, 4).join(", ")} and ${names.length - 4} more`;
}
