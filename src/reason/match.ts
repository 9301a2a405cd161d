import type { LogLine, LogStream, Stream } from "../facts/log.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { holdsInOrder } from "../knowledge/literals.ts";
import type { Pattern } from "../knowledge/pattern.ts";
import { makeGate } from "./match-gate.ts";
import { makePartsReader, type Stretch } from "./match-parts.ts";

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
  const candidates = makeCandidates([...knowledge.patterns.values()]);
  const automata = makeAutomata();
  const matched = (text: string): readonly Pattern[] => {
    const possible = candidates(text);
    if (possible.length === 0) return [];
    const lower = text.toLowerCase();
    return possible.filter((each) => holdsInOrder(lower, each.order) && automata.test(each, text));
  };
  return (logs) => {
    const hits = new Map<string, Hit[]>();
    for (const { lines } of logs.values()) {
      for (const line of lines) {
        const found = line.text.length > longestWhole ? inParts(line.text, candidates) : matched(line.text);
        for (const pattern of found) addHit(hits, pattern, line);
      }
    }
    return hits;
  };
}

/** Longer lines are rare, teach an automaton much that no other line needs, and are read only where they could match. */
const longestWhole = 1_000;

function inParts(text: string, candidates: Candidates): readonly Pattern[] {
  const places = new Map<Pattern, Stretch[]>();
  const possible = candidates(text, (pattern, place) => {
    const known = places.get(pattern);
    if (known) known.push(place);
    else places.set(pattern, [place]);
  });
  const matches = makePartsReader(text);
  return possible.filter((pattern) => matches(pattern, places.get(pattern) ?? []));
}

/** The patterns of which a line holds a rarest text, each once; `place` is told every place of such a text. */
type Candidates = (line: string, place?: (pattern: Pattern, at: Stretch) => void) => readonly Pattern[];

function makeCandidates(patterns: readonly Pattern[]): Candidates {
  const byLiteral = new Map<string, number[]>();
  patterns.forEach(({ literals }, index) => {
    for (const literal of literals) byLiteral.set(literal, [...(byLiteral.get(literal) ?? []), index]);
  });
  const literals = [...byLiteral.keys()];
  const gate = makeGate(literals);
  const gated = [...byLiteral.values()];
  const seenIn = new Uint32Array(patterns.length);
  let line = 0;
  return (text, place) => {
    const found: Pattern[] = [];
    line += 1;
    gate(text, (literal, to) => {
      const from = to - (literals[literal]?.length ?? 0);
      for (const index of gated[literal] ?? []) {
        const pattern = patterns[index];
        if (pattern === undefined) continue;
        place?.(pattern, { from, to });
        if (seenIn[index] !== line) found.push(pattern);
        seenIn[index] = line;
      }
    });
    return found;
  };
}

/** By their own count, bytes. A long journal of a broken node needs 7 MB; more than this is made to fill memory. */
const mostMemory = 24 * 2 ** 20;

/** Automata learn from what they read, so together they are let go where that is too much. */
function makeAutomata(): { readonly test: (pattern: Pattern, text: string) => boolean } {
  let used = new Set<Pattern>();
  let size = 0;
  return {
    test: (pattern, text) => {
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
