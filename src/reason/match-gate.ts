/**
 * Finds many fixed texts in one pass (Aho-Corasick), as one table of states: a lookup per character, whatever the number
 * of texts, and nothing is made while reading. Texts are lower-case ASCII; upper-case letters of a line count as theirs.
 */
export type Gate = (line: string, found: (text: number, end: number) => void) => void;

/** Letters beyond ASCII that RE2's `(?i)` takes for s and k. */
const folded: readonly (readonly [number, string])[] = [
  [0x017f, "s"],
  [0x212a, "k"],
];

/** `found` gets the index of each text of the line and where it ends, the first ending first. */
export function makeGate(texts: readonly string[]): Gate {
  const { classes, count } = classesOf(texts);
  const { next, ends } = link(plant(texts, classes, count), count);
  const isEnd = Uint8Array.from(ends, (here) => (here === undefined ? 0 : 1));
  return (line, found) => {
    let state = 0;
    for (let at = 0; at < line.length; at += 1) {
      state = next[state * count + (classes[line.charCodeAt(at)] ?? 0)] ?? 0;
      if (isEnd[state] === 1) for (const text of ends[state] ?? []) found(text, at + 1);
    }
  };
}

/** Characters that stand in no text are one class, 0. */
function classesOf(texts: readonly string[]): { readonly classes: Uint8Array; readonly count: number } {
  const classes = new Uint8Array(0x10000);
  const used = [...new Set(texts.join(""))].sort();
  used.forEach((char, index) => {
    classes[char.charCodeAt(0)] = index + 1;
    classes[char.toUpperCase().charCodeAt(0)] = index + 1;
  });
  for (const [code, char] of folded) classes[code] = classes[char.charCodeAt(0)] ?? 0;
  return { classes, count: used.length + 1 };
}

interface Trie {
  /** Row by row, a state for each class; 0 where no text goes on so. */
  readonly next: Uint16Array | Uint32Array;
  /** Per state, the texts that end there. */
  readonly ends: (readonly number[] | undefined)[];
}

function plant(texts: readonly string[], classes: Uint8Array, count: number): Trie {
  const states = statesOf(texts);
  const next = states <= 0x10000 ? new Uint16Array(states * count) : new Uint32Array(states * count);
  const ends: (readonly number[] | undefined)[] = new Array(states).fill(undefined);
  let used = 1;
  texts.forEach((text, index) => {
    let state = 0;
    for (let at = 0; at < text.length; at += 1) {
      const cell = state * count + (classes[text.charCodeAt(at)] ?? 0);
      if (next[cell] === 0) {
        next[cell] = used;
        used += 1;
      }
      state = next[cell] ?? 0;
    }
    ends[state] = [...(ends[state] ?? []), index];
  });
  return { next, ends };
}

/** One for the start, and one for each beginning that texts have, shared ones once. */
function statesOf(texts: readonly string[]): number {
  let states = 1;
  let before = "";
  for (const text of [...texts].sort()) {
    let shared = 0;
    while (shared < text.length && text[shared] === before[shared]) shared += 1;
    states += text.length - shared;
    before = text;
  }
  return states;
}

/** Where no text goes on, the state of the longest ending that begins another: breadth first, in place. */
function link({ next, ends }: Trie, count: number): Trie {
  const fallback = new Uint32Array(ends.length);
  const queue = [0];
  for (const state of queue) {
    const row = state * count;
    const elsewhere = (fallback[state] ?? 0) * count;
    for (let each = 0; each < count; each += 1) {
      const child = next[row + each] ?? 0;
      const other = state === 0 ? 0 : (next[elsewhere + each] ?? 0);
      if (child === 0) next[row + each] = other;
      else {
        fallback[child] = other;
        ends[child] = joined(ends[child], ends[other]);
        queue.push(child);
      }
    }
  }
  return { next, ends };
}

function joined(
  own: readonly number[] | undefined,
  more: readonly number[] | undefined,
): readonly number[] | undefined {
  return own && more ? [...own, ...more] : (own ?? more);
}
