import { createHash } from "node:crypto";

type Values = Readonly<Record<string, string | number | boolean>>;

/**
 * What makes two incidents the same: the cause, and the values of those bound names that its knowledge lists (default
 * none). Text of a fixed length, since values come from logs. Neither the order of the names nor whether a number was
 * read as text makes a difference; a name without a value is left out.
 */
export function fingerprint(causeId: string, boundNames: readonly string[], values: Values): string {
  const bound = [...new Set(boundNames)]
    .toSorted()
    .flatMap((name) => (Object.hasOwn(values, name) ? [[name, String(values[name])]] : []));
  if (bound.length === 0) return causeId;
  return `${causeId}:${createHash("sha256").update(JSON.stringify(bound)).digest("hex").slice(0, 16)}`;
}

/** The cause a fingerprint is of. */
export const causeOf = (print: string): string => print.split(":", 1)[0] ?? print;
