/**
 * Which fixed texts must stand in a line, and in which order, for a pattern to match it at all. One
 * search for all of them (Aho-Corasick) then spares running hundreds of patterns on lines that cannot
 * match.
 *
 * Works on RE2 syntax, which has neither lookaround nor backreferences. Where it cannot be sure it
 * answers null, never a text that a match could do without.
 */

/** Lower-case texts of which each match holds at least one. */
export type Choice = readonly string[];

/** What can be told of a pattern without compiling it. */
export interface Outline {
  /** Each match holds one text of every choice, in this order and without overlap. */
  readonly order: readonly Choice[];
  /** The choice that rules out most lines. */
  readonly rarest: Choice;
  /** Of its groups. */
  readonly names: readonly string[];
}

/** null: no fixed text can be named. */
export function outlineOf(pattern: string): Outline | null {
  const cursor: Cursor = { text: pattern, at: 0, names: [] };
  const order = alternation(cursor);
  const rarest = best(order);
  return rarest === null || cursor.at !== pattern.length ? null : { order, rarest, names: cursor.names };
}

/** Whether a lower-case text holds one of each choice in order: a cheap look before the pattern runs. */
export function holdsInOrder(text: string, choices: readonly Choice[]): boolean {
  let from = 0;
  for (const choice of choices) {
    from = endOfFirst(text, choice, from);
    if (from < 0) return false;
  }
  return true;
}

/** Where the one that ends first ends; -1: none stands there. */
function endOfFirst(text: string, choice: Choice, from: number): number {
  let end = -1;
  for (const literal of choice) {
    const at = text.indexOf(literal, from);
    if (at >= 0 && (end < 0 || at + literal.length < end)) end = at + literal.length;
  }
  return end;
}

interface Cursor {
  readonly text: string;
  readonly names: string[];
  at: number;
}

/** What one atom contributes: a fixed character, or a part that may hold required texts of its own. */
type Atom = { readonly char: string } | { readonly inner: readonly Choice[] };
const nothing: Atom = { inner: [] };

function alternation(cursor: Cursor): readonly Choice[] {
  const first = sequence(cursor);
  const branches = [first];
  while (cursor.text[cursor.at] === "|") {
    cursor.at += 1;
    branches.push(sequence(cursor));
  }
  if (branches.length === 1) return first;
  const all: string[] = [];
  for (const branch of branches) {
    const needed = best(branch);
    if (needed === null) return [];
    all.push(...needed);
  }
  return [[...new Set(all)]];
}

function sequence(cursor: Cursor): readonly Choice[] {
  const choices: Choice[] = [];
  let run = "";
  const endRun = (): void => {
    if (run) choices.push([run]);
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
    if (repeated !== "maybe") choices.push(...part.inner);
  }
  endRun();
  return choices;
}

/** The choice whose shortest text is longest: it rules out most lines. */
function best(choices: readonly Choice[]): Choice | null {
  let chosen: Choice | null = null;
  for (const choice of choices) {
    if (chosen === null || shortest(choice) > shortest(chosen)) chosen = choice;
  }
  return chosen;
}

function shortest(texts: Choice): number {
  return Math.min(...texts.map((text) => text.length));
}

function atom(cursor: Cursor): Atom {
  const char = cursor.text[cursor.at] ?? "";
  if (char === "(") return group(cursor);
  if (char === "[") return skipClass(cursor);
  if (char === "\\") return escaped(cursor);
  cursor.at += 1;
  // Beyond ASCII one character may be two units, and case has ways of its own.
  return ".^$".includes(char) || char > "~" ? nothing : { char: char.toLowerCase() };
}

/** What is not understood ends the walk beyond the text, which no walk to the end does. */
function giveUp(cursor: Cursor): Atom {
  cursor.at = Number.POSITIVE_INFINITY;
  return nothing;
}

function group(cursor: Cursor): Atom {
  cursor.at += 1;
  if (cursor.text[cursor.at] === "?") {
    const opening = /^\?(?:P?<([A-Za-z_]\w*)>|[imsU-]*:|[imsU-]+\))/.exec(cursor.text.slice(cursor.at));
    if (!opening) return giveUp(cursor);
    cursor.at += opening[0].length;
    if (opening[1] !== undefined) cursor.names.push(opening[1]);
    if (opening[0].endsWith(")")) return nothing;
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
  return nothing;
}

function escaped(cursor: Cursor): Atom {
  const char = cursor.text[cursor.at + 1] ?? "";
  cursor.at += 2;
  if (/[a-z0-9]/i.test(char)) {
    const braces = /^\{[^}]*\}/.exec(cursor.text.slice(cursor.at));
    if (braces && /[pPx]/.test(char)) cursor.at += braces[0].length;
    else if (char === "x") cursor.at += 2;
    else if (/[pP]/.test(char)) cursor.at += 1;
    else if (char === "Q") return giveUp(cursor);
    return nothing;
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
