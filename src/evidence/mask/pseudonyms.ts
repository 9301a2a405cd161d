/** Gives each value a pseudonym by the order in which it is first seen: what was equal stays equal. */
export function numbered(make: (count: number) => string): (value: string) => string {
  const known = new Map<string, string>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const pseudonym = make(known.size + 1);
    known.set(value, pseudonym);
    return pseudonym;
  };
}
