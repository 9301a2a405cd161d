/** Wakes at the digest's time, every week, and tries until it is posted or its day is over. */
import type { Slots } from "../../../digest/slots.ts";
import { lastFullWeek, weekId } from "../../../digest/week.ts";
import { messageOf } from "../../../shared/errors.ts";
import type { Log } from "../bolt-logger.ts";
import type { Attempt } from "./post-once.ts";

export interface SchedulePorts {
  readonly slots: Slots;
  readonly timeZone: string;
  readonly attempt: (week: string) => Promise<Attempt>;
  readonly clock: {
    readonly now: () => Date;
    readonly after: (ms: number, callback: () => void) => () => void;
  };
  readonly log: Log;
}

export interface RunningSchedule {
  /** Waits for the attempt that is under way. */
  readonly stop: () => Promise<void>;
}

/** A clock that is set or a machine that sleeps must not cost a week. */
const longestSleepMs = 60 * 60_000;
const afterBugMs = 15 * 60_000;

export function startSchedule(ports: SchedulePorts): RunningSchedule {
  const { clock } = ports;
  let finished: string | undefined;
  let stopped = false;
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();

  const sleepUntil = (at: Date): void => {
    if (stopped) return;
    const ms = Math.min(Math.max(at.getTime() - clock.now().getTime(), 1_000), longestSleepMs);
    cancel = clock.after(ms, look);
  };
  const look = (): void => {
    running = turn(ports, finished).then((turned) => {
      finished = turned.finished;
      sleepUntil(turned.wakeAt);
    });
  };
  look();
  return {
    stop: () => {
      stopped = true;
      cancel();
      return running;
    },
  };
}

interface Turn {
  readonly finished: string | undefined;
  readonly wakeAt: Date;
}

/** Never rejects: a week that cannot be posted must not end the ones after it. */
async function turn(ports: SchedulePorts, finished: string | undefined): Promise<Turn> {
  const { slots, timeZone, clock, log } = ports;
  const now = clock.now();
  const next = slots.next(now);
  const slot = slots.due(now);
  const week = slot && weekId(lastFullWeek(slot, timeZone));
  if (week === undefined || week === finished) return { finished, wakeAt: next };
  const attempt = await attempted(week, ports);
  if (attempt.kind !== "later" && attempt.kind !== "held") return { finished: week, wakeAt: next };
  const stillToday = slots.due(attempt.at)?.getTime() === slot?.getTime();
  if (attempt.kind === "later") tell(log, week, attempt, stillToday);
  return stillToday ? { finished, wakeAt: attempt.at } : { finished: week, wakeAt: next };
}

function tell(log: Log, week: string, { at, why }: Attempt & { readonly kind: "later" }, stillToday: boolean): void {
  if (stillToday) log.warn({ week, why, again: at.toISOString() }, "the digest is not posted yet");
  else log.error({ week, why }, "the digest was not posted on its day; ask for it with the command");
}

async function attempted(week: string, { attempt, clock, log }: SchedulePorts): Promise<Attempt> {
  try {
    return await attempt(week);
  } catch (thrown) {
    log.error({ week, error: messageOf(thrown) }, "posting the digest failed by a bug");
    return { kind: "later", at: new Date(clock.now().getTime() + afterBugMs), why: messageOf(thrown) };
  }
}
