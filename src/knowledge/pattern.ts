import { RE2JS, RE2Set } from "re2js";
import { messageOf } from "../shared/errors.ts";
import { failed, ok, type Result } from "../shared/result.ts";
import { type Choice, outlineOf, type Span } from "./literals.ts";

/** A pattern that was checked. RE2 runs in linear time whatever the line, so no pattern can stall the bot. */
export interface Pattern {
  readonly source: string;
  /** Lower-case fixed texts; a line that has none of them cannot match. */
  readonly literals: Choice;
  /** Lower-case fixed texts, one of each of which stands in every match, in this order. */
  readonly order: readonly Choice[];
  /** How long a match may be. */
  readonly span: Span;
  /** Names of its groups, bound where it matches. */
  readonly names: readonly string[];
  /** Whether it matches: several times faster than asking for the groups too. */
  readonly test: (text: string) => boolean;
  /** What the automaton behind `test` holds now by its own count, bytes; it grows with the texts it meets. */
  readonly size: () => number;
  /** Lets go of what the automaton has learnt. */
  readonly forget: () => void;
  /** The named groups' values where it matches; null where it does not. */
  readonly match: (text: string) => Readonly<Record<string, string>> | null;
}

const shortestLiteral = 3;

/**
 * Checks RE2 syntax. Refuses what RE2 cannot run and what has no fixed text to look for first. What runs is built when
 * a line first needs it: most patterns never meet one, and built they hold 40 KB each.
 */
export function compilePattern(source: string): Result<Pattern, string> {
  const wrong = syntaxProblem(source);
  if (wrong !== null) return failed(wrong);
  const outline = outlineOf(source);
  if (outline === null || outline.rarest.some((literal) => literal.length < shortestLiteral)) {
    return failed(`every alternative needs a fixed text of ${shortestLiteral} characters or more`);
  }
  const { rarest: literals, ...rest } = outline;
  return ok({
    source,
    literals,
    ...rest,
    ...(plain.test(source) ? fixedText(source) : automatonOf(source, rest.names)),
  });
}

type Runs = Pick<Pattern, "test" | "size" | "forget" | "match">;

/** A third of the patterns are nothing but a fixed text. */
const plain = /^[\w \-:;,=<>@%&#!~`"'/]+$/;

function fixedText(text: string): Runs {
  const test: Pattern["test"] = (line) => line.includes(text);
  return { test, match: (line) => (test(line) ? {} : null), size: () => 0, forget: () => undefined };
}

/** RE2JS parses what is added to a set and no more, and whatever it can parse it can compile. */
function syntaxProblem(source: string): string | null {
  try {
    new RE2Set().add(source);
    return null;
  } catch (thrown) {
    return `not a linear-time pattern: ${messageOf(thrown)}`;
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** RE2JS builds its automaton at the first `test`, and so only for patterns that meet a line that could match. */
function automatonOf(source: string, names: readonly string[]): Runs {
  const compiled = once(() => RE2JS.compile(source));
  const automaton = (): Automaton | null => compiled().re2().lazyDFA;
  return {
    test: (text) => compiled().test(text),
    size: () => {
      const built = automaton();
      return built === null ? 0 : built.maxMem - built.memBudget;
    },
    forget: () => automaton()?.clearCache(),
    match: (text) => matchOnce(compiled(), names, text),
  };
}

type Automaton = ReturnType<RE2JS["re2"]>["lazyDFA"];

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
  const wrong = syntaxProblem(source);
  if (wrong !== null) return failed(wrong);
  const compiled = once(() => RE2JS.compile(source));
  return ok((text) => compiled().matcher(text).find());
}
