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
  readonly span: Span;
  /** Of its groups. */
  readonly names: readonly string[];
}

/** How long a match may be: so many characters, and so many words or gaps of the line, however long those are. */
export interface Span {
  /** May be infinite. */
  readonly characters: number;
  readonly runs: number;
}

/** null: no fixed text can be named. */
export function outlineOf(pattern: string): Outline | null {
  const cursor: Cursor = { text: pattern, at: 0, names: [] };
  const { choices: order, span } = alternation(cursor);
  const rarest = best(order);
  return rarest === null || cursor.at !== pattern.length ? null : { order, rarest, span, names: cursor.names };
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

/** What a part of a pattern asks of a line: texts it must hold, and the most that it may take. */
interface Part {
  readonly choices: readonly Choice[];
  readonly span: Span;
}

/** A fixed character, or a part that may hold required texts of its own. */
type Atom = { readonly char: string } | Part;
const one: Span = { characters: 1, runs: 0 };
const none: Span = { characters: 0, runs: 0 };
const anyCharacter: Atom = { choices: [], span: one };
const noCharacter: Atom = { choices: [], span: none };
/** One character of those of which words are made, or gaps: a repetition of it ends where the word or gap does. */
const oneOfRun: Atom = { choices: [], span: one };

function alternation(cursor: Cursor): Part {
  const branches = [sequence(cursor)];
  while (cursor.text[cursor.at] === "|") {
    cursor.at += 1;
    branches.push(sequence(cursor));
  }
  const [first] = branches;
  if (branches.length === 1 && first) return first;
  const spans = branches.map((branch) => branch.span);
  const span = {
    characters: Math.max(...spans.map(({ characters }) => characters)),
    runs: Math.max(...spans.map(({ runs }) => runs)),
  };
  const all: string[] = [];
  for (const { choices } of branches) {
    const needed = best(choices);
    if (needed === null) return { choices: [], span };
    all.push(...needed);
  }
  return { choices: [[...new Set(all)]], span };
}

function sequence(cursor: Cursor): Part {
  const choices: Choice[] = [];
  let span = none;
  let run = "";
  const endRun = (): void => {
    if (run) choices.push([run]);
    run = "";
  };
  while (cursor.at < cursor.text.length && !"|)".includes(cursor.text[cursor.at] ?? "")) {
    const part = atom(cursor);
    const { least, most } = quantifier(cursor);
    span = sum(span, times(part, most));
    if ("char" in part) {
      if (least > 0) run += part.char;
      if (least !== 1 || most !== 1) endRun();
      continue;
    }
    endRun();
    if (least > 0) choices.push(...part.choices);
  }
  endRun();
  return { choices, span };
}

function sum(a: Span, b: Span): Span {
  return { characters: a.characters + b.characters, runs: a.runs + b.runs };
}

/** What an atom takes at most, standing so often. */
function times(part: Atom, most: number): Span {
  const span = "char" in part ? one : part.span;
  if (most === Number.POSITIVE_INFINITY) {
    if (part === oneOfRun || ("char" in part && part.char !== " ")) return { characters: 0, runs: 1 };
    return span === none ? none : { characters: most, runs: 0 };
  }
  return most === 0 ? none : { characters: span.characters * most, runs: span.runs * most };
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
  if (char === "^" || char === "$") return noCharacter;
  return char === "." || char > "~" ? anyCharacter : { char: char.toLowerCase() };
}

/** What is not understood ends the walk beyond the text, which no walk to the end does. */
function giveUp(cursor: Cursor): Atom {
  cursor.at = Number.POSITIVE_INFINITY;
  return noCharacter;
}

function group(cursor: Cursor): Atom {
  cursor.at += 1;
  if (cursor.text[cursor.at] === "?") {
    const opening = /^\?(?:P?<([A-Za-z_]\w*)>|[imsU-]*:|[imsU-]+\))/.exec(cursor.text.slice(cursor.at));
    if (!opening) return giveUp(cursor);
    cursor.at += opening[0].length;
    if (opening[1] !== undefined) cursor.names.push(opening[1]);
    if (opening[0].endsWith(")")) return noCharacter;
  }
  const inner = alternation(cursor);
  cursor.at += 1;
  return inner;
}

function skipClass(cursor: Cursor): Atom {
  const from = cursor.at;
  cursor.at += 1;
  if (cursor.text[cursor.at] === "^") cursor.at += 1;
  if (cursor.text[cursor.at] === "]") cursor.at += 1;
  while (cursor.at < cursor.text.length && cursor.text[cursor.at] !== "]") {
    const named = /^\[:\^?\w+:\]/.exec(cursor.text.slice(cursor.at));
    cursor.at += named ? named[0].length : cursor.text[cursor.at] === "\\" ? 2 : 1;
  }
  cursor.at += 1;
  return isSolid(cursor.text.slice(from, cursor.at)) ? oneOfRun : anyCharacter;
}

/** Whether a class surely holds no blank. Those that are written in an unusual way count as holding one. */
function isSolid(text: string): boolean {
  if (text.startsWith("[^")) return / |\\s/.test(text);
  return /^\[(?:[!-Z^-~]|\\[wd.\-/[\]\\+*?()|^$"])+\]$/.test(text);
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
    if (/[AzbB]/.test(char)) return noCharacter;
    return /[wdsS]/.test(char) ? oneOfRun : anyCharacter;
  }
  return { char };
}

/** How often the atom before it stands, at least and at most. */
function quantifier(cursor: Cursor): { readonly least: number; readonly most: number } {
  const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(cursor.text.slice(cursor.at));
  if (!found) return { least: 1, most: 1 };
  cursor.at += found[0].length;
  const [, sign, from = "", comma, to] = found;
  if (sign !== undefined) return { least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Number.POSITIVE_INFINITY };
  if (comma === undefined) return { least: Number(from), most: Number(from) };
  return { least: Number(from), most: to ? Number(to) : Number.POSITIVE_INFINITY };
}
