import bolt from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok } from "../../shared/result.ts";
import type { ChannelState, SlackState, SlackWish } from "../../usecases/doctor/ports.ts";
import type { SlackSecrets } from "./app.ts";
import { boltLogger, type Log } from "./bolt-logger.ts";

const timeoutMs = 8_000;

/** Looks, and posts nothing. An app token is tried by asking for a connection that is then not opened. */
export async function slackState(
  { botToken, appToken, signingSecret, apiUrl }: SlackSecrets,
  { channels, mode }: Pick<SlackWish, "channels" | "mode">,
  log: Log,
): Promise<SlackState> {
  const client = (token: string): WebClient =>
    new bolt.webApi.WebClient(token, {
      ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: timeoutMs,
      logger: boltLogger(log),
    });
  const bot = client(botToken ?? "");
  const [auth, socket, ...looked] = await Promise.all([
    whoAmI(bot),
    mode === "socket" && appToken !== null ? connectable(client(appToken)) : null,
    ...channels.map((channel) => lookUp(bot, channel)),
  ]);
  const states = Object.fromEntries(channels.map((channel, at) => [channel, looked[at] ?? notFound]));
  return { auth, channels: states, socket, signingSecret: signingSecret !== null };
}

const identity = z.object({
  team: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** The scopes come in a header, which the client hands on. */
async function whoAmI(client: WebClient): Promise<SlackState["auth"]> {
  try {
    const { team, user, response_metadata: more } = identity.parse(await client.auth.test());
    return ok({ team, bot: user, scopes: more?.scopes ?? null });
  } catch (thrown) {
    return failed(messageOf(thrown));
  }
}

function connectable(client: WebClient): Promise<NonNullable<SlackState["socket"]>> {
  return client.apps.connections.open({}).then(
    () => ok(null),
    (thrown: unknown) => failed(messageOf(thrown)),
  );
}

const notFound: ChannelState = { kind: "not-found" };
const channelSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  is_member: z.boolean().optional(),
  is_archived: z.boolean().optional(),
  is_ext_shared: z.boolean().optional(),
  is_pending_ext_shared: z.boolean().optional(),
});
const one = z.object({ channel: channelSchema });
const page = z.object({
  channels: z.array(channelSchema),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
/** Of a thousand channels each. */
const mostPages = 20;

async function lookUp(client: WebClient, given: string): Promise<ChannelState> {
  try {
    const byId = /^[CGD][A-Z0-9]{6,}$/.test(given);
    const found = byId
      ? one.parse(await client.conversations.info({ channel: given })).channel
      : await named(client, given.replace(/^#/, ""));
    if (found === null) return notFound;
    const { is_member: joined = false, is_archived: archived = false } = found;
    const shared = found.is_ext_shared === true || found.is_pending_ext_shared === true;
    return { kind: "found", joined, archived, shared };
  } catch (thrown) {
    const why = messageOf(thrown);
    return /channel_not_found/.test(why) ? notFound : { kind: "not-told", why };
  }
}

async function named(client: WebClient, name: string): Promise<z.infer<typeof channelSchema> | null> {
  let cursor: string | undefined;
  for (let at = 0; at < mostPages; at += 1) {
    const asked = { types: "public_channel,private_channel", limit: 1_000, ...(cursor ? { cursor } : {}) };
    const { channels, response_metadata } = page.parse(await client.conversations.list(asked));
    const found = channels.find((channel) => channel.name === name);
    if (found !== undefined) return found;
    cursor = response_metadata?.next_cursor;
    if (!cursor) return null;
  }
  return null;
}
