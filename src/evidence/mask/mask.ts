import type { Answer, Evidence, EvidenceSet } from "../evidence.ts";
import { addressMasks, type TextMask } from "./addresses.ts";
import { nameMasks } from "./names.ts";

export const maskable = ["addresses", "names"] as const;
export type Maskable = (typeof maskable)[number];

/**
 * Replaces addresses and names by pseudonyms, everywhere in the set, so that it can be given to strangers and still be
 * judged: what was equal stays equal. Adds to the list of what was masked. The same set gives the same result.
 */
export function maskSet(set: EvidenceSet, what: readonly Maskable[]): EvidenceSet {
  const masks = [
    ...(what.includes("names") ? nameMasks(set) : []),
    ...(what.includes("addresses") ? addressMasks() : []),
  ];
  const counts = new Map(Object.entries(set.masked ?? {}));
  const clean = (text: string): string => masks.reduce((rest, mask) => counted(mask, rest, counts), text);
  const items = set.items.map((item) => maskedItem(item, clean));
  const node = set.node === null ? null : clean(set.node);
  const cluster = set.cluster === null ? null : clean(set.cluster);
  const masked = Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
  return { ...set, node, cluster, ...(counts.size > 0 ? { masked } : {}), items };
}

function counted(mask: TextMask, text: string, counts: Map<string, number>): string {
  const { text: clean, count } = mask.apply(text);
  if (count > 0) counts.set(mask.name, (counts.get(mask.name) ?? 0) + count);
  return clean;
}

function maskedItem(item: Evidence, clean: (text: string) => string): Evidence {
  return { ...item, asked: item.asked.map(clean), answer: maskedAnswer(item.answer, clean) };
}

function maskedAnswer(answer: Answer, clean: (text: string) => string): Answer {
  if (answer.kind === "value") return { ...answer, stdout: clean(answer.stdout), stderr: clean(answer.stderr) };
  const detail = clean(answer.detail);
  if (answer.kind === "absent" || answer.grant === undefined) return { ...answer, detail };
  return { ...answer, detail, grant: clean(answer.grant) };
}
