import { z } from "zod";

const metadata = z.looseObject({
  managedFields: z.unknown().optional(),
  annotations: z.record(z.string(), z.unknown()).optional(),
});
const item = z.looseObject({
  metadata: metadata.optional(),
  status: z.looseObject({ images: z.unknown().optional() }).optional(),
});
const list = z.looseObject({
  kind: z.string().optional(),
  metadata: z.looseObject({ continue: z.string().optional() }).optional(),
  items: z.array(item),
});

export type Item = z.infer<typeof item>;

export interface Page {
  readonly kind: string;
  readonly items: readonly Item[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

/** A list without what no rule reads: field managers, the last applied copy, and image lists. 5,000 nodes fit into 20 MB. */
export function pageOf(body: unknown): Page | null {
  const parsed = list.safeParse(body);
  if (!parsed.success) return null;
  const { kind = "List", metadata: about, items } = parsed.data;
  return { kind, items: items.map((one) => trimmed(one, true)), next: about?.continue || null };
}

/** One object without its field managers; anything that is no object stays as it is. */
export function objectOf(body: unknown): unknown {
  const parsed = item.safeParse(body);
  return parsed.success ? trimmed(parsed.data, false) : body;
}

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

function trimmed(one: Item, inList: boolean): Item {
  const { metadata: about, status, ...rest } = one;
  const { managedFields: _managers, annotations, ...kept } = about ?? {};
  const { [lastApplied]: _applied, ...notes } = annotations ?? {};
  const { images: _images, ...state } = status ?? {};
  return {
    ...rest,
    ...(about === undefined
      ? {}
      : { metadata: { ...kept, ...(annotations === undefined ? {} : { annotations: notes }) } }),
    ...(status === undefined ? {} : { status: inList ? state : status }),
  };
}

/** The list as JSON text, cut between items where it would not fit, so that what is left can still be read. */
export function listText(
  kind: string,
  items: readonly Item[],
  maxBytes: number,
): { readonly text: string; readonly truncated: boolean } {
  const open = `{"kind":${JSON.stringify(kind)},"items":[`;
  const parts: string[] = [];
  let bytes = open.length + 2;
  for (const one of items) {
    const text = JSON.stringify(one);
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > maxBytes) break;
    parts.push(text);
  }
  return { text: `${open}${parts.join(",")}]}`, truncated: parts.length < items.length };
}
