import type { StandinClock } from "../clock.ts";

export interface Ids {
  /** A message timestamp as Slack writes it: seconds, a dot, six digits; strictly increasing. */
  readonly ts: () => string;
  /** The next identifier with this prefix, for example `V0000000007`. */
  readonly next: (prefix: string) => string;
}

export function createIds(clock: StandinClock): Ids {
  let lastMicros = 0;
  let count = 0;
  return {
    ts: () => {
      lastMicros = Math.max(lastMicros + 1, clock.now() * 1000);
      const seconds = Math.floor(lastMicros / 1_000_000);
      return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, "0")}`;
    },
    next: (prefix) => {
      count += 1;
      return `${prefix}${String(count).padStart(10, "0")}`;
    },
  };
}
