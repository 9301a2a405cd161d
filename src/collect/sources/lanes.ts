/** Runs tasks side by side, at most `size` at once. */
export interface Lanes {
  /** `limitMs` is how long the task may take at worst; those that may take longest go first. */
  readonly run: <Outcome>(limitMs: number, task: () => Promise<Outcome>) => Promise<Outcome>;
}

interface Waiting {
  readonly limitMs: number;
  readonly start: () => void;
}

/** A task that may take longer than this counts as slow. */
const slowMs = 5_000;

/**
 * Slow tasks first, so that the last one does not run alone at the end; but while quick ones wait,
 * slow ones leave one lane free: on a sick node they hang, and the quick ones still have to be answered.
 */
export function lanes(size: number): Lanes {
  const waiting: Waiting[] = [];
  let running = 0;
  let slowRunning = 0;

  const next = (): Waiting | undefined => {
    const quick = waiting.findIndex(({ limitMs }) => limitMs <= slowMs);
    const at = slowRunning >= size - 1 && quick >= 0 ? quick : 0;
    return waiting.splice(at, 1)[0];
  };
  const fill = (): void => {
    while (running < size && waiting.length > 0) next()?.start();
  };
  const run = <Outcome>(limitMs: number, task: () => Promise<Outcome>): Promise<Outcome> => {
    const slow = limitMs > slowMs ? 1 : 0;
    return new Promise<Outcome>((resolve, reject) => {
      const start = (): void => {
        running += 1;
        slowRunning += slow;
        task()
          .then(resolve, reject)
          .finally(() => {
            running -= 1;
            slowRunning -= slow;
            fill();
          });
      };
      insert(waiting, { limitMs, start });
      fill();
    });
  };
  return { run };
}

function insert(waiting: Waiting[], entry: Waiting): void {
  const at = waiting.findIndex(({ limitMs }) => limitMs < entry.limitMs);
  waiting.splice(at < 0 ? waiting.length : at, 0, entry);
}
