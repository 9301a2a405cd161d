import ms from "ms";

/** `15m`, `2h`, `-30s` as milliseconds; the schema has already checked the form. */
export function milliseconds(duration: string): number {
  const parsed = ms(duration as ms.StringValue);
  if (!Number.isFinite(parsed)) throw new RangeError(`not a duration: ${duration}`);
  return parsed;
}
