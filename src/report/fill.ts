/** Bound values by name. */
export type Values = Readonly<Record<string, string | number | boolean>>;

/**
 * Puts bound values into `{name}`; a name without a value prints as nothing, and the blanks close.
 * The word NODE in a command is the node's own name, where it is known.
 */
export function fill(template: string, bound: Values): string {
  return template
    .replace(/\{([A-Za-z][\w.-]*)\}/g, (_, name: string) => (name in bound ? shown(String(bound[name])) : ""))
    .replace(/\bNODE\b/g, (word) => shown(String(bound.node ?? word)))
    .replace(/[ \t]{2,}/g, " ")
    .replace(/ ([,.;:)])/g, "$1")
    .trim();
}

const longest = 160;

function shown(value: string): string {
  const line = unquoted(value.replace(/\s+/g, " "));
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** A value cut out of `err="…"` may have kept the closing quote. */
function unquoted(line: string): string {
  return line.endsWith('"') && (line.match(/"/g)?.length ?? 0) % 2 === 1 ? line.slice(0, -1) : line;
}

export function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
