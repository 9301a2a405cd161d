import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { digestBlockId } from "../../../present/blocks/digest.ts";
import { digestEvent, type Found } from "./channel.ts";

export interface Wanted {
  readonly week: string;
  readonly since: Date;
  readonly channel: string;
  readonly self: { readonly user: string; readonly bot: string | undefined };
}

/** Whoever wrote the claim and Slack may have different clocks. Nothing older than this is another week's. */
const clocksApartMs = 6 * 60 * 60_000;
const pageSize = 200;
/** A channel with more messages than this since then is not read to its end. */
const mostPages = 50;

const message = z.object({
  ts: z.string(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  metadata: z
    .object({ event_type: z.string().optional(), event_payload: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  blocks: z.array(z.object({ block_id: z.string().optional() })).optional(),
});
type Message = z.infer<typeof message>;

const history = z.object({
  messages: z.array(message),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Looks for a digest that this app has posted. Rejects as the client does. */
export async function findDigest(client: WebClient, wanted: Wanted): Promise<Found> {
  const channel = await channelId(client, wanted.channel);
  if (channel === undefined) return { kind: "unreadable", why: `there is no channel ${wanted.channel} to be seen` };
  const oldest = String((wanted.since.getTime() - clocksApartMs) / 1000);
  const asked = { channel, oldest, limit: pageSize, include_all_metadata: true };
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await client.conversations.history({ ...asked, ...(cursor ? { cursor } : {}) });
    const { messages, response_metadata } = history.parse(answer);
    const ours = messages.find((each) => isDigest(each, wanted));
    if (ours) return { kind: "found", ts: ours.ts };
    cursor = response_metadata?.next_cursor;
    if (!cursor) return { kind: "not-there" };
  }
  return { kind: "unreadable", why: `${wanted.channel} has more than ${mostPages * pageSize} messages since then` };
}

/** Anybody may write such metadata, so only our own count. An app without the right to metadata has the block's name. */
function isDigest({ user, bot_id, metadata, blocks }: Message, { self, week }: Wanted): boolean {
  if (user !== self.user && (bot_id === undefined || bot_id !== self.bot)) return false;
  const says = metadata?.event_type === digestEvent && metadata.event_payload?.week === week;
  return says || (blocks ?? []).some(({ block_id }) => block_id === digestBlockId(week));
}

const channels = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string().optional() })),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Only posting takes names. */
async function channelId(client: WebClient, given: string): Promise<string | undefined> {
  if (/^[CGD][A-Z0-9]{6,}$/.test(given)) return given;
  const name = given.replace(/^#/, "");
  let cursor: string | undefined;
  do {
    const asked = { types: "public_channel,private_channel", limit: 1_000, ...(cursor ? { cursor } : {}) };
    const page = channels.parse(await client.conversations.list(asked));
    const found = page.channels.find((channel) => channel.name === name);
    if (found) return found.id;
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return undefined;
}
