import { z } from "zod";
import type { Message } from "../state/message.ts";
import type { Channel } from "../state/people.ts";
import { channelOnWire, messageOnWire, repliesTo } from "../state/wire.ts";
import type { World } from "../state/world.ts";
import {
  answer,
  flag,
  joinedChannel,
  list,
  type Method,
  method,
  number,
  page,
  refuse,
  visibleChannel,
} from "./method.ts";

const paging = { limit: number.int().min(1).max(1000).default(100), cursor: z.string().optional() };
const window = {
  ...paging,
  channel: z.string(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag.default(false),
  include_all_metadata: flag.default(false),
};

const info = method(z.object({ channel: z.string(), include_num_members: flag.optional() }), (world, args) => {
  const channel = visibleChannel(world, args.channel);
  if (channel === undefined) return refuse("channel_not_found");
  return answer({ channel: channelOnWire(channel, world.workspace.installation.botUserId) });
});

const listing = method(
  z.object({ ...paging, types: list.default(["public_channel"]), exclude_archived: flag.default(false) }),
  (world, args) => {
    const channels = world.workspace
      .channels()
      .filter((channel) => visibleChannel(world, channel.id) && args.types.includes(typeOf(channel)))
      .filter((channel) => !(args.exclude_archived && channel.isArchived));
    const { items, response_metadata } = page(channels, args.limit, args.cursor);
    const { botUserId } = world.workspace.installation;
    return answer({ channels: items.map((channel) => channelOnWire(channel, botUserId)), response_metadata });
  },
);

const members = method(z.object({ ...paging, channel: z.string() }), (world, args) => {
  const channel = visibleChannel(world, args.channel);
  if (channel === undefined) return refuse("channel_not_found");
  const { items, response_metadata } = page([...channel.members], args.limit, args.cursor);
  return answer({ members: items, response_metadata });
});

const history = method(z.object(window), (world, args) => {
  const channel = joinedChannel(world, args.channel);
  if (typeof channel === "string") return refuse(channel);
  const newestFirst = world.messages
    .inChannel(channel.id)
    .filter((message) => message.ephemeralTo === undefined && message.threadTs === undefined)
    .filter((message) => isWithin(message, args))
    .reverse();
  return pageOfMessages(world, newestFirst, args);
});

const replies = method(z.object({ ...window, ts: z.string() }), (world, args) => {
  const channel = joinedChannel(world, args.channel);
  if (typeof channel === "string") return refuse(channel);
  const parent = world.messages.find(channel.id, args.ts);
  if (parent === undefined || parent.ephemeralTo !== undefined) return refuse("thread_not_found");
  const thread = [parent, ...repliesTo(world, parent).filter((message) => isWithin(message, args))];
  return pageOfMessages(world, thread, args);
});

interface Window {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly oldest?: string | undefined;
  readonly latest?: string | undefined;
  readonly inclusive: boolean;
  readonly include_all_metadata: boolean;
}

function pageOfMessages(world: World, messages: readonly Message[], args: Window) {
  const { items, more, response_metadata } = page(messages, args.limit, args.cursor);
  const onWire = items.map((message) => {
    const { metadata, ...rest } = messageOnWire(world, message);
    return metadata !== undefined && args.include_all_metadata ? { ...rest, metadata } : rest;
  });
  return answer({ messages: onWire, has_more: more, response_metadata });
}

/** Timestamps have one length, so they compare as numbers; the bounds themselves belong in only when asked for. */
function isWithin(message: Message, args: Window): boolean {
  const ts = Number(message.ts);
  const oldest = Number(args.oldest ?? 0);
  const latest = args.latest === undefined ? Number.POSITIVE_INFINITY : Number(args.latest);
  return args.inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
}

function typeOf(channel: Channel): string {
  if (channel.directWith !== undefined) return "im";
  return channel.isPrivate ? "private_channel" : "public_channel";
}

export const conversationMethods: Readonly<Record<string, Method>> = {
  "conversations.info": info,
  "conversations.list": listing,
  "conversations.members": members,
  "conversations.history": history,
  "conversations.replies": replies,
};
