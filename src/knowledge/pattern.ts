import { RE2JS, RE2Set } from "re2js";
import { messageOf } from "../shared/errors.ts";
import { failed, ok, type Result } from "../shared/result.ts";
import { type Choice, requiredInOrder, requiredLiterals } from "./literals.ts";

/** A compiled pattern. RE2 runs in linear time whatever the line, so no pattern can stall the bot. */
export interface Pattern {
  readonly source: string;
  /** Lower-case fixed texts; a line that has none of them cannot match. */
  readonly literals: Choice;
  /** Lower-case fixed texts, one of each of which stands in every match, in this order. */
  readonly order: readonly Choice[];
  /** Names of its groups, bound where it matches. */
  readonly names: readonly string[];
  /** Whether it matches: several times faster than asking for the groups too. */
  readonly test: (text: string) => boolean;
  /** What the automaton behind `test` holds now by its own count, bytes; it grows with the texts it meets. */
  readonly size: () => number;
  /** Lets the automaton go; the next `test` builds it anew. */
  readonly forget: () => void;
  /** The named groups' values where it matches; null where it does not. */
  readonly match: (text: string) => Readonly<Record<string, string>> | null;
}

const shortestLiteral = 3;

/** Compiles RE2 syntax. Refuses what RE2 cannot run and what has no fixed text to look for first. */
export function compilePattern(source: string): Result<Pattern, string> {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch (thrown) {
    return failed(`not a linear-time pattern: ${messageOf(thrown)}`);
  }
  const order = requiredInOrder(source);
  const literals = requiredLiterals(source);
  if (!order || !literals || literals.some((literal) => literal.length < shortestLiteral)) {
    return failed(`every alternative needs a fixed text of ${shortestLiteral} characters or more`);
  }
  const names = Object.keys(compiled.namedGroups());
  const match: Pattern["match"] = (text) => matchOnce(compiled, names, text);
  return ok({ source, literals, order, names, match, ...automatonOf(source) });
}

/** What one automaton may hold by its own count, bytes; the largest of ours needs 0.8 MB over a long journal. */
const largestAutomaton = 2 * 2 ** 20;

/** Most patterns meet no line that could match, so the automaton is built when one does. */
function automatonOf(source: string): Pick<Pattern, "test" | "size" | "forget"> {
  let automaton: RE2Set | null = null;
  return {
    test: (text) => {
      if (automaton === null) {
        automaton = new RE2Set(RE2Set.UNANCHORED, 0, largestAutomaton);
        automaton.add(source);
      }
      return automaton.match(text).length > 0;
    },
    size: () => (automaton?.dfa ? automaton.maxMem - automaton.dfa.memBudget : 0),
    forget: () => {
      automaton = null;
    },
  };
}

function matchOnce(compiled: RE2JS, names: readonly string[], text: string): Readonly<Record<string, string>> | null {
  const matcher = compiled.matcher(text);
  if (!matcher.find()) return null;
  const groups: Record<string, string> = {};
  for (const name of names) {
    const found = matcher.group(name);
    if (found !== null && found !== "") groups[name] = found;
  }
  return groups;
}

/** A pattern for one value rather than for lines: needs no fixed text. */
export function compileValuePattern(source: string): Result<(text: string) => boolean, string> {
  try {
    const compiled = RE2JS.compile(source);
    return ok((text) => compiled.matcher(text).find());
  } catch (thrown) {
    return failed(`not a linear-time pattern: ${messageOf(thrown)}`);
  }
}
