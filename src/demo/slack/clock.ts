/**
 * Time as the stand-in sees it: three seconds to acknowledge, three seconds of life for a trigger, half an hour for a
 * response URL. Tests bring a clock they move by hand, so that none of them sleeps.
 */
export interface StandinClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Runs once after `ms`; the returned function calls it off. Must not keep the process alive. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface ManualClock extends StandinClock {
  /** Moves time forward and runs, in order, everything that fell due. */
  readonly advance: (ms: number) => void;
}

interface Alarm {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is advanced. `start` is in milliseconds since the epoch. */
export function manualClock(start: number): ManualClock {
  let now = start;
  const alarms = new Set<Alarm>();
  const nextDue = (limit: number): Alarm | undefined =>
    [...alarms].filter((alarm) => alarm.at <= limit).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    after: (ms, run) => {
      const alarm = { at: now + ms, run };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    advance: (ms) => {
      const end = now + ms;
      for (let alarm = nextDue(end); alarm !== undefined; alarm = nextDue(end)) {
        alarms.delete(alarm);
        now = alarm.at;
        alarm.run();
      }
      now = end;
    },
  };
}

/** The same clock, but `stop` calls off everything that is still to run: nothing outlives a stand-in that was closed. */
export function stoppable(clock: StandinClock): StandinClock & { readonly stop: () => void } {
  const pending = new Set<() => void>();
  return {
    now: clock.now,
    after: (ms, run) => {
      const cancel = clock.after(ms, () => {
        pending.delete(cancel);
        run();
      });
      pending.add(cancel);
      return () => {
        pending.delete(cancel);
        cancel();
      };
    },
    stop: () => {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
}
