/** Lets so many in at once, for each name; the rest wait in line. */
export interface Turnstile {
  readonly within: <Outcome>(name: string, task: () => Promise<Outcome>) => Promise<Outcome>;
}

export function turnstile(most: number): Turnstile {
  const lines = new Map<string, { inside: number; readonly waiting: (() => void)[] }>();
  return {
    within: async (name, task) => {
      const line = lines.get(name) ?? { inside: 0, waiting: [] };
      lines.set(name, line);
      if (line.inside < most) line.inside += 1;
      else await new Promise<void>((resolve) => line.waiting.push(resolve)); // whoever leaves hands over its place
      try {
        return await task();
      } finally {
        const next = line.waiting.shift();
        if (next === undefined) line.inside -= 1;
        else next();
        if (line.inside === 0) lines.delete(name);
      }
    },
  };
}
