import AhoCorasick from "modern-ahocorasick";
import type { LogLine, LogStream, Stream } from "../facts/log.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Pattern } from "../knowledge/pattern.ts";

/** One line that a pattern fits, with the values of its named groups. */
export interface Hit {
  readonly line: LogLine;
  readonly groups: Readonly<Record<string, string>>;
}

/** Hits by pattern source. Per pattern the oldest are kept beyond the bound, and the newest. */
export type Hits = ReadonlyMap<string, readonly Hit[]>;

/** Nobody reads more lines of one pattern than this, and no count bound may be larger. */
const mostHits = 10_000;

/** A function that finds all patterns of the knowledge in one pass; making it costs once per knowledge. */
export type Matcher = (logs: ReadonlyMap<Stream, LogStream>) => Hits;

export function makeMatcher(knowledge: Pick<Knowledge, "patterns">): Matcher {
  const byLiteral = new Map<string, Pattern[]>();
  for (const pattern of knowledge.patterns.values()) {
    for (const literal of pattern.literals) byLiteral.set(literal, [...(byLiteral.get(literal) ?? []), pattern]);
  }
  const literals = [...byLiteral.keys()];
  const gate = literals.length > 0 ? new AhoCorasick(literals) : null;
  const candidates = (text: string): ReadonlySet<Pattern> => {
    const found = new Set<Pattern>();
    for (const { patternIndex } of gate?.search(text.toLowerCase()) ?? []) {
      for (const pattern of byLiteral.get(literals[patternIndex] ?? "") ?? []) found.add(pattern);
    }
    return found;
  };
  return (logs) => {
    const hits = new Map<string, Hit[]>();
    for (const { lines } of logs.values()) {
      for (const line of lines) {
        for (const pattern of candidates(line.text)) addHit(hits, pattern, line);
      }
    }
    return hits;
  };
}

function addHit(hits: Map<string, Hit[]>, pattern: Pattern, line: LogLine): void {
  const groups = pattern.match(line.text);
  if (!groups) return;
  const list = hits.get(pattern.source) ?? [];
  if (list.length >= mostHits) list.pop();
  list.push({ line, groups });
  hits.set(pattern.source, list);
}
