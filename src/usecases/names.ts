import { distance } from "fastest-levenshtein";

/** A name as people type it: `worker-7` or `cluster/worker-7`. */
export interface AskedName {
  readonly cluster: string | null;
  readonly node: string;
}

/** What Kubernetes allows as a node's name; everything else is refused before anything is asked. */
const nodeName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

const clusterName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** null: no node can be called that. */
export function parseName(text: string): AskedName | null {
  const parts = text.trim().replace(/^`|`$/g, "").split("/");
  const [first = "", second] = parts;
  if (parts.length > 2) return null;
  const node = (second ?? first).toLowerCase();
  if (!nodeName.test(node) || (second !== undefined && !clusterName.test(first))) return null;
  return { cluster: second === undefined ? null : first, node };
}

/** The names nearest to what was typed, best first. */
export function nearestNames(typed: string, names: readonly string[], most = 3): readonly string[] {
  return [...names]
    .map((name) => ({ name, far: name.includes(typed) ? 1 : distance(typed, name) }))
    .filter(({ far, name }) => far <= Math.max(3, name.length / 2))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}
