/** What the nodes with one cause have in common and others have not: counts only, for a reader to judge. */
import { type Attribute, attributes } from "../remember/recurrence.ts";
import type { Shared } from "../report/digest.ts";
import { nodeKey, type Seen } from "./seen.ts";

/** Two nodes are alike in something always. */
const fewest = 3;

/** `others`: incidents of other causes; nodes that had this one too do not count among them. */
export function sharedBy(
  ours: readonly Seen[],
  others: readonly Seen[],
  nodes: ReadonlySet<string>,
): readonly Shared[] {
  const alike = newestPerNode(ours);
  const without = newestPerNode(others.filter((one) => !nodes.has(nodeKey(one))));
  return attributes
    .flatMap((attribute) => commonest(attribute, alike, without))
    .toSorted((one, other) => distance(other) - distance(one));
}

/** A node that fails every night says no more about its image than one that failed once. */
function newestPerNode(seen: readonly Seen[]): readonly Seen[] {
  const sorted = seen.toSorted((one, other) => one.openedAt - other.openedAt);
  return [...new Map(sorted.map((one) => [nodeKey(one), one])).values()];
}

/** The value most of them have, if most do and the others, where any are known, less so. */
function commonest(attribute: Attribute, ours: readonly Seen[], others: readonly Seen[]): readonly Shared[] {
  const values = known(attribute, ours);
  const [value, same] = [...Map.groupBy(values, (each) => each)].toSorted(
    ([one, many], [other, more]) => more.length - many.length || (one < other ? -1 : 1),
  )[0] ?? ["", []];
  if (values.length < fewest || same.length * 2 <= values.length) return [];
  const elsewhere = known(attribute, others);
  const counts: Shared = {
    attribute,
    value,
    withCause: same.length,
    ofCause: values.length,
    withOthers: elsewhere.filter((each) => each === value).length,
    ofOthers: elsewhere.length,
  };
  return elsewhere.length === 0 || distance(counts) > 0 ? [counts] : [];
}

function known(attribute: Attribute, seen: readonly Seen[]): readonly string[] {
  return seen.flatMap(({ identity }) => identity[attribute] ?? []);
}

/** How much more common it is among them; 0 where no other node is known to compare with. */
function distance({ withCause, ofCause, withOthers, ofOthers }: Shared): number {
  return ofOthers === 0 ? 0 : withCause / ofCause - withOthers / ofOthers;
}
