import type { Clock } from "./ports.ts";

/** The time a whole collection may take, shared by everything that takes part in it. */
export interface Budget {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** The task's outcome, or `otherwise` when the time is over first. */
  readonly within: <Outcome>(task: Promise<Outcome>, otherwise: () => Outcome) => Promise<Outcome>;
  /** Ends it early: aborts what still runs and drops the timer. */
  readonly stop: () => void;
}

export function startBudget(clock: Clock, ms: number): Budget {
  const controller = new AbortController();
  const cancel = clock.after(ms, () => controller.abort());
  const over = new Promise<void>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  return {
    signal: controller.signal,
    within: (task, otherwise) => Promise.race([task, over.then(otherwise)]),
    stop: () => {
      cancel();
      controller.abort();
    },
  };
}
