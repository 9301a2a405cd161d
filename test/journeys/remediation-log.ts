/** Keeps what was logged, and tells when a line has come. */
export interface Logbook {
  readonly lines: readonly string[];
  readonly note: (fields: object, message: string) => void;
  /** Resolves once a line begins so. */
  readonly whenLogged: (start: string) => Promise<void>;
}

export function logbook(): Logbook {
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  return {
    lines,
    note: (fields, message) => {
      lines.push(`${message} ${JSON.stringify(fields)}`);
      for (const [start, resolve] of waiting) if (message.startsWith(start)) resolve();
    },
    whenLogged: (start) =>
      lines.some((line) => line.startsWith(start))
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.set(start, resolve)),
  };
}
