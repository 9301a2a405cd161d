import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Settings } from "../config/load.ts";
import { slotsOf } from "../digest/slots.ts";
import type { Log } from "../entry/slack/bolt-logger.ts";
import { postOnce } from "../entry/slack/digest/post-once.ts";
import { type RunningSchedule, startSchedule } from "../entry/slack/digest/schedule.ts";
import { digestChannel } from "../entry/slack/digest/slack-channel.ts";
import { digestClaims } from "../platform/store/digest-claims.ts";
import { fixHistory } from "../platform/store/fix-history.ts";
import type { Digest } from "../report/digest.ts";
import { weeklyDigest } from "../usecases/digest.ts";
import type { Memory } from "./store.ts";
import { type Composed, composeWorld } from "./world.ts";

/** Makes the digest of any week; null: of the last full one. */
export function digestMaker(
  settings: Settings,
  { world, memory }: Pick<Composed, "world" | "memory">,
): (week: string | null) => Promise<Digest> {
  const fixes = memory === null ? null : fixHistory(memory.documents);
  return (week) => weeklyDigest(week, { world, fixes, timeZone: settings.config.digest.timezone });
}

/** Posts it on its day, if a day and a channel are configured; undefined: they are not. */
export function startDigest(
  settings: Settings,
  { world, memory }: { readonly world: Composed["world"]; readonly memory: Memory },
  log: Log,
): RunningSchedule | undefined {
  const { digest, slack } = settings.config;
  const channel = digest.channel ?? slack.channel;
  const { botToken, apiUrl } = settings.slack;
  if (digest.day === "never" || channel === undefined || botToken === null) return undefined;
  const make = digestMaker(settings, { world, memory });
  const ports = {
    claims: digestClaims(memory.documents),
    slack: digestChannel({ token: botToken, apiUrl, channel, log }),
    digest: make,
    newHolder: () => `${hostname()}-${process.pid}-${randomUUID()}`,
    now: world.clock.now,
    log,
  };
  const { day, time, timezone } = digest;
  return startSchedule({
    slots: slotsOf({ day, time, timeZone: timezone }),
    timeZone: timezone,
    attempt: (week) => postOnce({ channel, week }, ports),
    clock: world.clock,
    log,
  });
}

/** For the command line: opens the store, makes one digest, lets go of it. */
export async function digestOnce(settings: Settings, week: string | null): Promise<Digest> {
  const composed = await composeWorld(settings);
  try {
    return await digestMaker(settings, composed)(week);
  } finally {
    await composed.close();
  }
}
