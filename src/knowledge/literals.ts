/**
 * Which fixed texts must stand in a line for a pattern to match it at all. One search for all of
 * them (Aho-Corasick) then spares running hundreds of patterns on lines that cannot match.
 *
 * Works on RE2 syntax, which has neither lookaround nor backreferences. Where it cannot be sure it
 * answers null, never a text that a match could do without.
 */

/** Lower-case texts of which each match holds at least one; null: none can be named. */
export function requiredLiterals(pattern: string): readonly string[] | null {
  const parser: Cursor = { text: pattern, at: 0 };
  const found = alternation(parser);
  return found === null || parser.at < pattern.length ? null : found;
}

interface Cursor {
  readonly text: string;
  at: number;
}
type Literals = readonly string[] | null;

/** What one atom contributes: a fixed character, or a part that may hold required texts of its own. */
type Atom = { readonly char: string } | { readonly inner: Literals };

function alternation(cursor: Cursor): Literals {
  const branches: Literals[] = [sequence(cursor)];
  while (cursor.text[cursor.at] === "|") {
    cursor.at += 1;
    branches.push(sequence(cursor));
  }
  const all: string[] = [];
  for (const branch of branches) {
    if (branch === null) return null;
    all.push(...branch);
  }
  return [...new Set(all)];
}

function sequence(cursor: Cursor): Literals {
  const candidates: Literals[] = [];
  let run = "";
  const endRun = (): void => {
    if (run) candidates.push([run]);
    run = "";
  };
  while (cursor.at < cursor.text.length && !"|)".includes(cursor.text[cursor.at] ?? "")) {
    const part = atom(cursor);
    const repeated = quantifier(cursor);
    if ("char" in part && repeated === "once") {
      run += part.char;
      continue;
    }
    if ("char" in part) {
      if (repeated === "at-least-once") run += part.char;
      endRun();
      continue;
    }
    endRun();
    if (repeated !== "maybe") candidates.push(part.inner);
  }
  endRun();
  return best(candidates);
}

/** The set whose shortest member is longest: it rules out most lines. */
function best(candidates: readonly Literals[]): Literals {
  let chosen: Literals = null;
  for (const candidate of candidates) {
    if (candidate === null || candidate.length === 0) continue;
    if (chosen === null || shortest(candidate) > shortest(chosen)) chosen = candidate;
  }
  return chosen;
}

function shortest(texts: readonly string[]): number {
  return Math.min(...texts.map((text) => text.length));
}

function atom(cursor: Cursor): Atom {
  const char = cursor.text[cursor.at] ?? "";
  if (char === "(") return group(cursor);
  if (char === "[") return skipClass(cursor);
  if (char === "\\") return escaped(cursor);
  cursor.at += 1;
  return ".^$".includes(char) ? { inner: null } : { char: char.toLowerCase() };
}

function group(cursor: Cursor): Atom {
  cursor.at += 1;
  if (cursor.text[cursor.at] === "?") {
    const opening = /^\?(?:P?<[A-Za-z_]\w*>|[imsU-]*:|[imsU-]+\))/.exec(cursor.text.slice(cursor.at));
    if (!opening) {
      cursor.at = cursor.text.length + 1;
      return { inner: null };
    }
    cursor.at += opening[0].length;
    if (opening[0].endsWith(")")) return { inner: null };
  }
  const inner = alternation(cursor);
  cursor.at += 1;
  return { inner };
}

function skipClass(cursor: Cursor): Atom {
  cursor.at += 1;
  if (cursor.text[cursor.at] === "^") cursor.at += 1;
  if (cursor.text[cursor.at] === "]") cursor.at += 1;
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== "]") {
    const named = /^\[:\^?\w+:\]/.exec(cursor.text.slice(cursor.at));
    cursor.at += named ? named[0].length : cursor.text[cursor.at] === "\\" ? 2 : 1;
  }
  cursor.at += 1;
  return { inner: null };
}

function escaped(cursor: Cursor): Atom {
  const char = cursor.text[cursor.at + 1] ?? "";
  cursor.at += 2;
  if (/[a-z0-9]/i.test(char)) {
    const braces = /^\{[^}]*\}/.exec(cursor.text.slice(cursor.at));
    if (braces && /[pPx]/.test(char)) cursor.at += braces[0].length;
    else if (char === "x") cursor.at += 2;
    else if (/[pP]/.test(char)) cursor.at += 1;
    else if (char === "Q") cursor.at = cursor.text.length + 1;
    return { inner: null };
  }
  return { char };
}

function quantifier(cursor: Cursor): "once" | "at-least-once" | "maybe" {
  const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(cursor.text.slice(cursor.at));
  if (!found) return "once";
  cursor.at += found[0].length;
  if (found[0].startsWith("+")) return "at-least-once";
  return found[1] !== undefined && Number(found[1]) > 0 ? "at-least-once" : "maybe";
}
