import { holdsInOrder } from "../knowledge/literals.ts";
import type { Pattern } from "../knowledge/pattern.ts";

/** A stretch of a line, `to` excluded. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether a pattern matches a long line, of which only the parts are read in which it could: around each of its rarest
 * texts (`places`, in the order of their ends), as far as a match can reach.
 */
export function makePartsReader(text: string): (pattern: Pattern, places: readonly Stretch[]) => boolean {
  const units = surrogate.test(text) ? 2 : 1;
  const run = longestRun(text);
  return (pattern, places) => {
    const { characters, runs } = pattern.span;
    const reach = characters * units + (runs === 0 ? 0 : runs * run);
    return partsToRead(text.length, reach, places).some(({ from, to }) => {
      const part = text.slice(from, to);
      return holdsInOrder(part.toLowerCase(), pattern.order) && pattern.match(part) !== null;
    });
  };
}

/** These take two units of the text for one character. */
const surrogate = /[\ud800-\udfff]/;

/** Of characters between blanks, or of white space. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/[^ ]+|\s+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/**
 * What matches one of these matches the line, and the other way round: they are a character or two wider than a match
 * can be, so that none begins or ends at the edge of one, where `^`, `$` and `\b` would see what is not so.
 */
function partsToRead(length: number, reach: number, places: readonly Stretch[]): readonly Stretch[] {
  if (2 * reach >= length) return [{ from: 0, to: length }];
  const parts: { from: number; to: number }[] = [];
  for (const place of places) {
    const from = Math.max(0, place.to - reach - edge);
    const to = Math.min(length, place.from + reach + edge);
    const last = parts.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else parts.push({ from, to });
  }
  return parts;
}

const edge = 2;
