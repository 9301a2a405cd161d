import { z } from "zod";
import { answer, joinedChannel, type Method, method, refuse } from "./method.ts";

const add = method(z.object({ channel: z.string(), timestamp: z.string(), name: z.string() }), (world, args) => {
  const channel = joinedChannel(world, args.channel);
  if (typeof channel === "string") return refuse(channel);
  if (!/^[a-z0-9_+'-]{1,100}$/.test(args.name)) return refuse("invalid_name");
  if (world.messages.find(channel.id, args.timestamp) === undefined) return refuse("message_not_found");
  const { botUserId } = world.workspace.installation;
  const added = world.messages.react(channel.id, args.timestamp, args.name, botUserId);
  return added ? answer() : refuse("already_reacted");
});

export const reactionMethods: Readonly<Record<string, Method>> = { "reactions.add": add };
