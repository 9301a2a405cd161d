import { z } from "zod";
import type { ResponseUrl } from "../state/response-urls.ts";
import type { World } from "../state/world.ts";
import { contentFields, type MessageContent, postLimit, readContent } from "./message-content.ts";
import { type Answer, answer, refuse } from "./method.ts";

const posted = z.object({
  ...contentFields,
  response_type: z.enum(["ephemeral", "in_channel"]).default("ephemeral"),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

type Posted = z.infer<typeof posted>;

/** A post to a response URL: five per interaction, for half an hour, whether or not the app is in the channel. */
export function answerResponseUrl(world: World, id: string, body: unknown): Answer {
  const target = world.responseUrls.use(id);
  const given = typeof target === "string" ? refuse(target) : respond(world, target, body);
  world.calls.record({ method: "response_url", args: { body }, answer: given, at: world.clock.now() });
  if (!given.ok) world.problems.add("refused_response_url", id, given.error ?? "");
  return given;
}

/** What a command's acknowledgement says is a message as well, and uses up nothing. */
export function respond(world: World, target: ResponseUrl, body: unknown): Answer {
  const parsed = posted.safeParse(body);
  if (!parsed.success) return refuse("invalid_payload");
  if (parsed.data.delete_original) return remove(world, target);
  const content = readContent(parsed.data, postLimit);
  if (!content.ok) return content.problem;
  if (parsed.data.replace_original && target.original !== undefined) {
    world.messages.edit(target.channel, target.original, content.value);
    return answer();
  }
  const ts = postNew(world, target, parsed.data, content.value);
  target.original ??= ts;
  return answer();
}

function remove(world: World, target: ResponseUrl): Answer {
  if (target.original !== undefined) world.messages.remove(target.channel, target.original);
  return answer();
}

function postNew(world: World, target: ResponseUrl, given: Posted, content: MessageContent): string {
  return world.messages.post({
    ...content,
    channel: target.channel,
    user: world.workspace.installation.botUserId,
    threadTs: given.thread_ts,
    ephemeralTo: given.response_type === "ephemeral" ? target.user : undefined,
  }).ts;
}
