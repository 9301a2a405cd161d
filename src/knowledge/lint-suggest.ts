import { didYouMean } from "./nearest-key.ts";

/** "; did you mean X?" where a known name is near enough to be meant, else nothing. */
export type Suggest = (name: string, names: readonly string[]) => string;

/** Comparing each of ten thousand wrong names with ten thousand right ones takes minutes; so many are enough to read. */
const mostComparisons = 2_000_000;

export function makeSuggest(): Suggest {
  let left = mostComparisons;
  const known = new Map<string, string>();
  return (name, names) => {
    const key = `${names.length} ${name}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    left -= names.length;
    if (left < 0) return "";
    const suggestion = didYouMean(name, names);
    known.set(key, suggestion);
    return suggestion;
  };
}
