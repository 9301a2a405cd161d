import { RE2JS } from "re2js";
import { messageOf } from "../shared/errors.ts";
import { failed, ok, type Result } from "../shared/result.ts";
import { requiredLiterals } from "./literals.ts";

/** A compiled pattern. RE2 runs in linear time whatever the line, so no pattern can stall the bot. */
export interface Pattern {
  readonly source: string;
  /** Lower-case fixed texts; a line that has none of them cannot match. */
  readonly literals: readonly string[];
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
  const literals = requiredLiterals(source);
  if (!literals || literals.some((literal) => literal.length < shortestLiteral)) {
    return failed(`every alternative needs a fixed text of ${shortestLiteral} characters or more`);
  }
  const names = Object.keys(compiled.namedGroups());
  return ok({ source, literals, match: (text) => matchOnce(compiled, names, text) });
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
