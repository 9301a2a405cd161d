import { slackSchema } from "../../src/config/schema.ts";
import { type Standin, startSlackStandin } from "../../src/demo/slack/standin.ts";
import { type SlackPorts, startSlack } from "../../src/entry/slack/app.ts";
import type { Log } from "../../src/entry/slack/bolt-logger.ts";
import { systemClock } from "../../src/platform/clock.ts";

export const incidents = "C0INCIDENTS";

/** The real bot on a Slack stand-in, answering from what a test hands in. */
export interface Journey {
  readonly slack: Standin;
  readonly logged: readonly string[];
  readonly stop: () => Promise<void>;
}

export async function startJourney(
  mode: "socket" | "http",
  ports: Partial<SlackPorts>,
  channel = "#incidents",
): Promise<Journey> {
  const slack = await startSlackStandin();
  const logged: string[] = [];
  const note = (fields: object, message: string): void => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { debug: () => undefined, info: note, warn: note, error: note };
  const secrets = {
    botToken: slack.botToken,
    appToken: slack.appToken,
    signingSecret: slack.signingSecret,
    apiUrl: slack.apiUrl,
  };
  const full: SlackPorts = {
    diagnose: async () => ({ kind: "not-a-name", typed: "" }),
    list: async () => ({ nodes: [], total: 3, failed: [] }),
    history: async () => [],
    causes: [],
    now: () => new Date("2026-03-01T10:00:00Z"),
    clock: systemClock,
    log,
    ...ports,
  };
  const bot = await startSlack(slackSchema.parse({ channel, mode, port: 0 }), secrets, full);
  await slack.waitFor(() => slack.calls("auth.test").length > 0);
  if (mode === "http") slack.setRequestUrl(`http://127.0.0.1:${bot.port}/slack/events`);
  else await slack.waitFor(() => slack.connections() === 1);
  const stop = async (): Promise<void> => {
    await slack.close();
    await bot.stop().catch(() => undefined);
  };
  return { slack, logged, stop };
}
