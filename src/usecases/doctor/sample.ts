import { z } from "zod";

/** A node that may be tried. */
export interface SampleNode {
  readonly name: string;
  readonly ready: boolean;
  readonly zone: string;
  readonly image: string;
}

const list = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
      status: z
        .object({
          conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
          nodeInfo: z.object({ osImage: z.string().default("") }).default({ osImage: "" }),
        })
        .prefault({}),
    }),
  ),
});

/** null: it is no list of nodes. */
export function nodesIn(body: string): readonly SampleNode[] | null {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  const parsed = list.safeParse(json);
  if (!parsed.success) return null;
  return parsed.data.items.map(({ metadata, status }) => ({
    name: metadata.name,
    ready: status.conditions.some(({ type, status: is }) => type === "Ready" && is === "True"),
    zone: metadata.labels["topology.kubernetes.io/zone"] ?? "",
    image: status.nodeInfo.osImage,
  }));
}

/** So many nodes, as unlike each other as can be: first those that are Ready, of the zones and images least taken. */
export function sampleOf(nodes: readonly SampleNode[], size: number): readonly SampleNode[] {
  const left = [...nodes].sort((one, other) => (one.name < other.name ? -1 : 1));
  const taken: SampleNode[] = [];
  const alike = (node: SampleNode): number =>
    taken.filter(({ image }) => image === node.image).length * 2 +
    taken.filter(({ zone }) => zone === node.zone).length +
    (node.ready ? 0 : size * 4);
  while (taken.length < size && left.length > 0) {
    const next = left.reduce((best, node) => (alike(node) < alike(best) ? node : best));
    left.splice(left.indexOf(next), 1);
    taken.push(next);
  }
  return taken;
}
