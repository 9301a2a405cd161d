import { z } from "zod";
import { fileOnWire } from "../state/wire.ts";
import { answer, joinedChannel, type Method, method, number, refuse } from "./method.ts";

const getUploadUrl = method(
  z.object({ filename: z.string().min(1), length: number.int().min(1), alt_txt: z.string().optional() }),
  (world, args) => {
    const file = world.files.announce(args.filename, args.length);
    return answer({ upload_url: `${world.origin()}/upload/v1/${file.id}`, file_id: file.id });
  },
);

const completing = z.object({
  files: z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1),
  channel_id: z.string().optional(),
  initial_comment: z.string().optional(),
  thread_ts: z.string().optional(),
});

/** Shares what was uploaded: one message with all files, in the thread if one is given. */
const completeUpload = method(completing, (world, args) => {
  const channel = args.channel_id === undefined ? undefined : joinedChannel(world, args.channel_id);
  if (typeof channel === "string") return refuse(channel);
  const missing = args.files.some((file) => world.files.find(file.id)?.content === undefined);
  if (missing) return refuse("file_not_found");
  for (const file of args.files) world.files.complete(file.id, file.title, channel ? [channel.id] : []);
  if (channel) {
    world.messages.post({
      channel: channel.id,
      user: world.workspace.installation.botUserId,
      text: args.initial_comment ?? "",
      threadTs: args.thread_ts,
      fileIds: args.files.map((file) => file.id),
    });
  }
  return answer({ files: args.files.map((file) => fileOnWire(world, file.id)) });
});

export const fileMethods: Readonly<Record<string, Method>> = {
  "files.getUploadURLExternal": getUploadUrl,
  "files.completeUploadExternal": completeUpload,
};
