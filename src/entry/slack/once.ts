/** Remembers the last deliveries, so that one that Slack sends again does its thing once. */
export interface Once {
  /** true the first time a key is seen. */
  readonly first: (key: string) => boolean;
}

export function makeOnce(most = 5_000): Once {
  const seen = new Set<string>();
  return {
    first: (key) => {
      if (seen.has(key)) return false;
      seen.add(key);
      const oldest = seen.values().next();
      if (seen.size > most && !oldest.done) seen.delete(oldest.value);
      return true;
    },
  };
}
