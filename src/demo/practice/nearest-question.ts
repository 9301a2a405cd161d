/** Questions alike to this share of their parts are one question, asked by a newer or older version of its probe. */
const alike = 0.9;

/**
 * The recorded question that is nearest to one that was not recorded word for word: a probe that asks for one more
 * property is still the same probe. null: none is near enough, and nothing may be made up.
 */
export function nearestQuestion<Item extends { readonly asked: readonly string[] }>(
  items: readonly Item[],
  asked: readonly string[],
): Item | null {
  const wanted = partsOf(asked);
  let best: { readonly item: Item; readonly share: number } | null = null;
  for (const item of items) {
    if (item.asked[0] !== asked[0]) continue;
    const share = sharedPart(wanted, partsOf(item.asked));
    if (share >= alike && share > (best?.share ?? 0)) best = { item, share };
  }
  return best?.item ?? null;
}

/** Words, and what lists inside them name: `-p Id,LoadState` are three parts. */
const partsOf = (asked: readonly string[]): ReadonlySet<string> => new Set(asked.flatMap((word) => word.split(/[,=]/)));

function sharedPart(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((part) => other.has(part)).length;
  return shared / (one.size + other.size - shared);
}
