import { clockTime, secondsBetween, span } from "./time.ts";

/** The lists that both surfaces print: nodes that are not Ready, and a node's history. */

interface ListedNode {
  readonly cluster: string;
  readonly name: string;
  readonly ready: string;
  readonly reason: string;
  readonly message: string;
  readonly since: string | null;
}

export function nodeLines(
  list: {
    readonly nodes: readonly ListedNode[];
    readonly total: number;
    readonly failed: readonly { readonly cluster: string; readonly detail: string }[];
  },
  now: string,
): readonly string[] {
  const lines = list.nodes.map(({ cluster, name, ready, reason, message, since }) => {
    const age = secondsBetween(since, now);
    const state = ready === "Unknown" ? "Unknown" : "NotReady";
    return `${cluster}/${name}  ${state}${age === null ? "" : ` ${span(age)}`}  ${reason}: ${message.slice(0, 160)}`;
  });
  const failed = list.failed.map(({ cluster, detail }) => `${cluster}: could not be asked: ${detail}`);
  const summary = list.nodes.length === 0 && list.total > 0 ? [`All ${list.total} nodes are Ready.`] : [];
  return [...summary, ...lines, ...failed];
}

interface HistoryLine {
  readonly incident: string;
  readonly cluster: string;
  readonly node: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly verdict: string;
  readonly roots: readonly string[];
}

export function historyLines(name: string, incidents: readonly HistoryLine[]): readonly string[] {
  if (incidents.length === 0) return [`No incident of ${name} is remembered.`];
  return incidents.map(({ incident, cluster, node, openedAt, closedAt, verdict, roots }) => {
    const lasted = closedAt === null ? "open" : `lasted ${span(secondsBetween(openedAt, closedAt) ?? 0)}`;
    return `${openedAt.slice(0, 10)} ${clockTime(openedAt)}  ${cluster}/${node}  ${roots.join(", ") || "cause not known"} (${verdict}), ${lasted}  ${incident}`;
  });
}
