/** An element without its attributes; AWS' Query APIs write nothing else. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
}

interface Open {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

const token = /<!--[\s\S]*?-->|<[?!][^>]*>|<(\/?)([A-Za-z_][\w.:-]*)[^<>]*?(\/?)>|([^<]+)|</g;
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
const deepest = 64;

/** The first element of a text; undefined where it is not closed, nests deeper than 64 or is no XML. DTDs are not read. */
export function xmlIn(text: string): Element | undefined {
  const open: Open[] = [];
  for (const [whole, closing, name, single, words] of text.matchAll(token)) {
    if (whole === "<" || open.length > deepest) return undefined;
    addText(open.at(-1), words);
    if (name === undefined) continue;
    const ends = closing === "/" || single === "/";
    const element = closing === "/" ? open.pop() : { name, text: "", children: [] };
    if (element?.name !== name) return undefined;
    if (ends && open.length === 0) return element;
    place(element, open, ends);
  }
  return undefined;
}

/** One that has ended belongs to what is open around it. */
function place(element: Open, open: Open[], ended: boolean): void {
  const among = ended ? open.at(-1)?.children : open;
  among?.push(element);
}

function addText(parent: Open | undefined, words: string | undefined): void {
  if (parent !== undefined && words !== undefined) parent.text += decoded(words);
}

const decoded = (text: string): string =>
  text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? "");

/** The elements at the end of a path of names, `item` by `item`. */
export function within(element: Element | undefined, ...path: readonly string[]): readonly Element[] {
  const [next, ...rest] = path;
  if (element === undefined) return [];
  if (next === undefined) return [element];
  return element.children.filter(({ name }) => name === next).flatMap((child) => within(child, ...rest));
}

/** The text of the first of them, trimmed; undefined where it is empty or not there. */
export function textAt(element: Element | undefined, ...path: readonly string[]): string | undefined {
  return within(element, ...path)[0]?.text.trim() || undefined;
}
