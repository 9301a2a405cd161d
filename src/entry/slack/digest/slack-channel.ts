import bolt from "@slack/bolt";
import { z } from "zod";
import { boltLogger, type Log } from "../bolt-logger.ts";
import { type DigestChannel, digestEvent } from "./channel.ts";
import { kindOf } from "./failure.ts";
import { findDigest } from "./find-digest.ts";

export interface DigestChannelOptions {
  readonly token: string;
  readonly apiUrl: string | null;
  /** By name with # or by id. */
  readonly channel: string;
  readonly log: Log;
  readonly timeoutMs?: number;
}

const identity = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string().optional() });
const sent = z.object({ ts: z.string() });

/**
 * A client of its own: one that sends again by itself after a lost answer posts twice, and one that waits for hours where
 * Slack says so outlives its claim.
 */
export function digestChannel(options: DigestChannelOptions): DigestChannel {
  const { token, apiUrl, channel, log, timeoutMs = 20_000 } = options;
  const client = new bolt.webApi.WebClient(token, {
    ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logger: boltLogger(log),
  });
  const self = async () => identity.parse(await client.auth.test());
  return {
    team: () => self().then(({ team_id }) => ({ kind: "team" as const, id: team_id }), kindOf),
    post: (message, week) =>
      client.chat
        .postMessage({
          channel,
          text: message.text,
          blocks: message.blocks as unknown as never[],
          metadata: { event_type: digestEvent, event_payload: { week } },
          unfurl_links: false,
          unfurl_media: false,
        })
        .then((answer) => ({ kind: "posted" as const, ts: sent.parse(answer).ts }), kindOf),
    find: async (week, since) => {
      try {
        const { user_id, bot_id } = await self();
        return await findDigest(client, { week, since, channel, self: { user: user_id, bot: bot_id } });
      } catch (thrown) {
        const trouble = kindOf(thrown);
        const lasting = trouble.kind === "refused" && trouble.waitSeconds === null;
        return { kind: lasting ? "unreadable" : "failed", why: trouble.why };
      }
    },
  };
}
