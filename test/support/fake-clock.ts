import type { Clock } from "../../src/collect/ports.ts";

export interface FakeClock extends Clock {
  /** Lets time pass and calls back whatever falls due, in order. */
  readonly advance: (ms: number) => void;
}

/** A clock that stands still until a test moves it. */
export function fakeClock(start = "2026-11-21T12:00:00.000Z"): FakeClock {
  const timers = new Set<{ readonly due: number; readonly callback: () => void }>();
  let passed = 0;
  const due = (): { readonly due: number; readonly callback: () => void } | undefined =>
    [...timers].sort((one, other) => one.due - other.due).find((timer) => timer.due <= passed);
  return {
    now: () => new Date(Date.parse(start) + passed),
    monotonicMs: () => passed,
    after: (ms, callback) => {
      const timer = { due: passed + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: (ms) => {
      passed += ms;
      for (let timer = due(); timer !== undefined; timer = due()) {
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}
