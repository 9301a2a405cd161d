import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Settings } from "../config/load.ts";
import { slotsOf } from "../digest/slots.ts";
import type { Log } from "../entry/slack/bolt-logger.ts";
import { postOnce } from "../entry/slack/digest/post-once.ts";
import { type RunningSchedule, startSchedule } from "../entry/slack/digest/schedule.ts";
import { digestChannel } from "../entry/slack/digest/slack-channel.ts";
import { digestClaims } from "../platform/store/digest-claims.ts";
import { digestMaker } from "./digest.ts";
import type { Composed } from "./world.ts";

/** Posts the digest on its day; undefined: no day, no channel, no token or no store is configured. */
export function startDigest(
  settings: Settings,
  { world, memory }: Pick<Composed, "world" | "memory">,
  log: Log,
): RunningSchedule | undefined {
  const { digest, slack } = settings.config;
  const channel = digest.channel ?? slack.channel;
  const { botToken, apiUrl } = settings.slack;
  if (digest.day === "never" || channel === undefined || botToken === null || memory === null) return undefined;
  const ports = {
    claims: digestClaims(memory.documents),
    slack: digestChannel({ token: botToken, apiUrl, channel, log }),
    digest: digestMaker(settings, { world, memory }),
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
