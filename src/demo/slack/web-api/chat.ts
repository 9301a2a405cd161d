import { z } from "zod";
import type { Message } from "../state/message.ts";
import type { Channel } from "../state/people.ts";
import { messageOnWire } from "../state/wire.ts";
import type { World } from "../state/world.ts";
import { limits } from "../validate/text.ts";
import { contentFields, lacksFallback, postLimit, readContent } from "./message-content.ts";
import { answer, joinedChannel, type Method, method, refuse, visibleChannel } from "./method.ts";

const postArguments = z.object({ ...contentFields, channel: z.string(), thread_ts: z.string().optional() });

const postMessage = method(postArguments, (world, args) => {
  const channel = writableChannel(world, args.channel);
  if (typeof channel === "string") return refuse(channel);
  const content = readContent(args, postLimit);
  if (!content.ok) return content.problem;
  const thread = threadOf(world, channel.id, args.thread_ts);
  if (thread === "unknown") return refuse("thread_not_found");
  if (lacksFallback(content.value)) world.problems.add("no_fallback_text", "chat.postMessage", channel.id);
  const user = world.workspace.installation.botUserId;
  const message = world.messages.post({ ...content.value, channel: channel.id, user, threadTs: thread });
  return answer({ channel: channel.id, ts: message.ts, message: messageOnWire(world, message) });
});

const postEphemeral = method(postArguments.extend({ user: z.string() }), (world, args) => {
  const channel = writableChannel(world, args.channel);
  if (typeof channel === "string") return refuse(channel);
  if (!channel.members.has(args.user)) return refuse("user_not_in_channel");
  const content = readContent(args, postLimit);
  if (!content.ok) return content.problem;
  if (lacksFallback(content.value)) world.problems.add("no_fallback_text", "chat.postEphemeral", channel.id);
  const message = world.messages.post({
    ...content.value,
    channel: channel.id,
    user: world.workspace.installation.botUserId,
    threadTs: args.thread_ts,
    ephemeralTo: args.user,
  });
  return answer({ message_ts: message.ts });
});

/** Without a blocks argument Slack keeps the old blocks, and so the old look; an empty list removes them. */
const update = method(z.object({ ...contentFields, channel: z.string(), ts: z.string() }), (world, args) => {
  const message = ownMessage(world, args.channel, args.ts, "cant_update_message");
  if (typeof message === "string") return refuse(message);
  const content = readContent(args, limits.updateText);
  if (!content.ok) return content.problem;
  if (lacksFallback(content.value)) world.problems.add("no_fallback_text", "chat.update", args.channel);
  const blocks = args.blocks === undefined ? message.blocks : content.value.blocks;
  const edited = world.messages.edit(args.channel, args.ts, { ...content.value, blocks });
  if (edited === undefined) return refuse("message_not_found");
  return answer({ channel: args.channel, ts: args.ts, text: edited.text, message: messageOnWire(world, edited) });
});

const remove = method(z.object({ channel: z.string(), ts: z.string() }), (world, args) => {
  const message = ownMessage(world, args.channel, args.ts, "cant_delete_message");
  if (typeof message === "string") return refuse(message);
  world.messages.remove(args.channel, args.ts);
  return answer({ channel: args.channel, ts: args.ts });
});

const getPermalink = method(z.object({ channel: z.string(), message_ts: z.string() }), (world, args) => {
  if (visibleChannel(world, args.channel) === undefined) return refuse("channel_not_found");
  const message = world.messages.find(args.channel, args.message_ts);
  if (message === undefined || message.ephemeralTo !== undefined) return refuse("message_not_found");
  return answer({ channel: args.channel, permalink: permalinkOf(world, message) });
});

/** Leads to the message on the stand-in's own page. */
export function permalinkOf(world: World, message: Message): string {
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${message.channel}` : "";
  return `${world.origin()}/archives/${message.channel}/p${message.ts.replace(".", "")}${thread}`;
}

/** chat.postMessage also takes a channel's name and, for a direct message, a user's id. */
function writableChannel(world: World, given: string): Channel | string {
  const named = world.workspace.channelNamed(given);
  const id = world.workspace.user(given) ? world.workspace.directMessage(given).id : (named?.id ?? given);
  const channel = joinedChannel(world, id);
  if (typeof channel === "string") return channel;
  return channel.isArchived ? "is_archived" : channel;
}

/** A reply to a reply lands in the same thread. */
function threadOf(world: World, channel: string, ts: string | undefined): string | undefined | "unknown" {
  if (ts === undefined) return undefined;
  const parent = world.messages.find(channel, ts);
  if (parent === undefined || parent.ephemeralTo !== undefined) return "unknown";
  return parent.threadTs ?? parent.ts;
}

function ownMessage(world: World, channelId: string, ts: string, foreign: string): Message | string {
  if (visibleChannel(world, channelId) === undefined) return "channel_not_found";
  const message = world.messages.find(channelId, ts);
  if (message === undefined || message.ephemeralTo !== undefined) return "message_not_found";
  return message.user === world.workspace.installation.botUserId ? message : foreign;
}

export const chatMethods: Readonly<Record<string, Method>> = {
  "chat.postMessage": postMessage,
  "chat.postEphemeral": postEphemeral,
  "chat.update": update,
  "chat.delete": remove,
  "chat.getPermalink": getPermalink,
};
