import type { Pattern } from "../knowledge/pattern.ts";

/** A stretch of a line, `to` excluded. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Where in a long line a pattern could match: around each of its rarest texts, as far as a match can reach and one
 * character further, so that no match begins or ends at the edge of a stretch, where `^`, `$` and `\b` would see what is
 * not so. What matches a stretch matches the line, and the other way round. The whole line where a match has no bound.
 */
export function partsToRead(pattern: Pattern, text: string, lower: string): readonly Stretch[] {
  const reach = reachOf(pattern, text);
  if (2 * reach >= text.length || lower.length !== text.length) return [{ from: 0, to: text.length }];
  const parts: { from: number; to: number }[] = [];
  for (const { from, to } of occurrences(lower, pattern.literals)) {
    const part = { from: Math.max(0, to - reach), to: Math.min(text.length, from + reach) };
    const last = parts.at(-1);
    if (last && part.from <= last.to) last.to = Math.max(last.to, part.to);
    else parts.push(part);
  }
  return parts;
}

/** In UTF-16 units, of which a character takes one or two. */
function reachOf({ span }: Pattern, text: string): number {
  const characters = span.characters * (surrogate.test(text) ? 2 : 1);
  return characters + (span.runs === 0 ? 0 : span.runs * longestRun(text)) + 2;
}

const surrogate = /[\ud800-\udfff]/;

/** Of characters between blanks, or of white space. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/[^ ]+|\s+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** In the order in which they could begin a stretch. */
function occurrences(lower: string, literals: readonly string[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const literal of literals) {
    for (let from = lower.indexOf(literal); from >= 0; from = lower.indexOf(literal, from + 1)) {
      found.push({ from, to: from + literal.length });
    }
  }
  return literals.length > 1 ? found.sort((a, b) => a.to - b.to) : found;
}
