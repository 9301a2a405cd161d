import AhoCorasick from "modern-ahocorasick";
import type { LogLine, LogStream, Stream } from "../facts/log.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { holdsInOrder } from "../knowledge/literals.ts";
import type { Pattern } from "../knowledge/pattern.ts";

/** One line that a pattern fits, with the values of its named groups. */
export interface Hit {
  readonly line: LogLine;
  /** Read from the line when somebody asks: most hits are only counted. */
  readonly groups: Groups;
}
type Groups = Readonly<Record<string, string>>;

/** Hits by pattern source. Per pattern the oldest are kept beyond the bound, and the newest. */
export type Hits = ReadonlyMap<string, readonly Hit[]>;

/** Nobody reads more lines of one pattern than this, and no count bound may be larger. */
const mostHits = 10_000;

/** A function that finds all patterns of the knowledge in one pass; making it costs once per knowledge. */
export type Matcher = (logs: ReadonlyMap<Stream, LogStream>) => Hits;

/**
 * Three looks at each line, each only where the one before lets it through: one search for every
 * pattern's rarest fixed texts, all its fixed texts in order, and the pattern itself.
 */
export function makeMatcher(knowledge: Pick<Knowledge, "patterns">): Matcher {
  const byLiteral = new Map<string, Pattern[]>();
  for (const pattern of knowledge.patterns.values()) {
    for (const literal of pattern.literals) byLiteral.set(literal, [...(byLiteral.get(literal) ?? []), pattern]);
  }
  const literals = [...byLiteral.keys()];
  const gated = [...byLiteral.values()];
  const gate = literals.length > 0 ? new AhoCorasick(literals) : null;
  const candidates = (lower: string): ReadonlySet<Pattern> => {
    const found = new Set<Pattern>();
    for (const { patternIndex } of gate?.search(lower) ?? []) {
      for (const pattern of gated[patternIndex] ?? []) found.add(pattern);
    }
    return found;
  };
  const automata = makeAutomata();
  return (logs) => {
    const hits = new Map<string, Hit[]>();
    for (const { lines } of logs.values()) {
      for (const line of lines) {
        const lower = line.text.toLowerCase();
        for (const pattern of candidates(lower)) {
          if (holdsInOrder(lower, pattern.order) && automata.test(pattern, line.text)) addHit(hits, pattern, line);
        }
      }
    }
    return hits;
  };
}

/** By their own count, bytes. A long journal of a broken node needs 7 MB; more than this is made to fill memory. */
const mostMemory = 24 * 2 ** 20;

/** Longer lines are rare and teach an automaton much that no other line needs. */
const longestKnown = 1_000;

/** Automata learn from what they read, so together they are let go where that is too much. */
function makeAutomata(): { readonly test: (pattern: Pattern, text: string) => boolean } {
  let used = new Set<Pattern>();
  let size = 0;
  return {
    test: (pattern, text) => {
      if (text.length > longestKnown) return pattern.match(text) !== null;
      used.add(pattern);
      const before = pattern.size();
      const matches = pattern.test(text);
      size += pattern.size() - before;
      if (size > mostMemory) {
        for (const each of used) each.forget();
        used = new Set();
        size = 0;
      }
      return matches;
    },
  };
}

function addHit(hits: Map<string, Hit[]>, pattern: Pattern, line: LogLine): void {
  const list = hits.get(pattern.source) ?? [];
  if (list.length >= mostHits) list.pop();
  list.push(pattern.names.length > 0 ? bindingHit(line, pattern) : { line, groups: noGroups });
  hits.set(pattern.source, list);
}

const noGroups: Groups = {};

function bindingHit(line: LogLine, pattern: Pattern): Hit {
  let groups: Groups | null = null;
  return {
    line,
    get groups(): Groups {
      groups ??= pattern.match(line.text) ?? noGroups;
      return groups;
    },
  };
}
