import { z } from "zod";
import type { EvidenceSet } from "../evidence.ts";
import type { TextMask } from "./addresses.ts";
import { numbered } from "./pseudonyms.ts";

const listed = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  kind: z.string().optional(),
  status: z
    .object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })).optional() })
    .partial()
    .optional(),
});
type Listed = z.infer<typeof listed>;
const listing = z.object({ kind: z.string().optional(), items: z.array(listed) });

/** Names that software gives itself: they name nobody, and rules speak of them. */
const everybodys = /^(?:default|none|localhost|kube-.*|.*-system|calico.*|cilium.*|tigera.*|openshift.*|cattle.*)$/;

/** Names of nodes and hosts, namespaces and pods, as far as the evidence itself says what is a name. */
export function nameMasks(set: EvidenceSet): readonly TextMask[] {
  const objects = [...objectsIn(set)];
  const nodes = objects.filter(({ namespaced }) => !namespaced).flatMap(hostNames);
  const hosts = [...(set.node === null ? [] : [set.node]), ...nodes].flatMap((name) => [
    name,
    name.split(".")[0] ?? name,
  ]);
  const pods = objects.filter(({ namespaced, metadata }) => namespaced && !everybodys.test(namespaceOf(metadata)));
  return [
    nodeMask(new Set(hosts)),
    mask("cluster-name", new Set(set.cluster === null ? [] : [set.cluster]), "cluster"),
    mask("pod-name", new Set(pods.map(({ metadata }) => metadata.name)), "pod"),
    mask("namespace", new Set(pods.map(({ metadata }) => namespaceOf(metadata))), "namespace"),
  ];
}

function hostNames({ metadata, status }: Listed): readonly string[] {
  const named = (status?.addresses ?? []).filter(({ type }) => /Hostname|DNS/.test(type));
  return [metadata.name, ...named.map(({ address }) => address)];
}

const namespaceOf = ({ namespace }: Listed["metadata"]): string => namespace ?? "default";

function* objectsIn(set: EvidenceSet): Generator<Listed & { readonly namespaced: boolean }> {
  for (const { probe, answer } of set.items) {
    const kind = { "node-object": "node", nodes: "node", "node-pods": "pod" }[probe];
    if (kind === undefined || answer.kind !== "value") continue;
    for (const each of itemsOf(answer.stdout)) yield { ...each, namespaced: kind === "pod" };
  }
}

function itemsOf(text: string): readonly Listed[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return []; // cut or empty: it names nothing that could be found
  }
  const many = listing.safeParse(json);
  if (many.success) return many.data.items;
  const one = listed.safeParse(json);
  return one.success ? [one.data] : [];
}

/** A host keeps its number whether it is written with its domain or without. */
function nodeMask(names: ReadonlySet<string>): TextMask {
  const host = numbered((count) => `node-${count}`);
  return mask("node-name", names, (name) => {
    const [short = "", ...domain] = name.split(".");
    return domain.length > 0 ? `${host(short)}.example.internal` : host(short);
  });
}

function mask(kind: string, names: ReadonlySet<string>, as: string | ((name: string) => string)): TextMask {
  const pseudonym = typeof as === "string" ? numbered((count) => `${as}-${count}`) : as;
  const wanted = [...names].filter((name) => name.length > 1 && !everybodys.test(name)).sort(longestFirst);
  for (const name of wanted) pseudonym(name); // numbered by this order, not by where a text first speaks of it
  return { name: kind, apply: (text) => replaced(text, wanted, pseudonym) };
}

function replaced(
  text: string,
  names: readonly string[],
  pseudonym: (name: string) => string,
): { readonly text: string; readonly count: number } {
  if (names.length === 0) return { text, count: 0 };
  let count = 0;
  const any = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const masked = text.replace(new RegExp(`(?<![A-Za-z0-9])(?:${any})(?![A-Za-z0-9])`, "g"), (found) => {
    count += 1;
    return pseudonym(found);
  });
  return { text: masked, count };
}

function longestFirst(one: string, other: string): number {
  if (one.length !== other.length) return other.length - one.length;
  return one < other ? -1 : 1;
}
