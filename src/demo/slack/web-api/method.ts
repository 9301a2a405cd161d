import { z } from "zod";
import type { Channel } from "../state/people.ts";
import type { World } from "../state/world.ts";

/** What a Web API method answers; `ok: false` always with an error code. */
export type Answer = { readonly ok: boolean; readonly error?: string; readonly [field: string]: unknown };

export interface Method {
  /** Which token the method wants. */
  readonly token: "bot" | "app" | "any";
  readonly run: (world: World, args: unknown) => Answer;
}

/** Arguments come as text in form bodies; these read numbers and booleans in either form. */
export const number = z.coerce.number();
export const flag = z.union([z.boolean(), z.stringbool()]);
/** A list as JSON or as text with commas. */
export const list = z.union([z.array(z.string()), z.string().transform((text) => text.split(",").filter(Boolean))]);

export const refuse = (error: string, more: Readonly<Record<string, unknown>> = {}): Answer => ({
  ok: false,
  error,
  ...more,
});

export const answer = (fields: Readonly<Record<string, unknown>> = {}): Answer => ({ ok: true, ...fields });

/** A method whose arguments are read by a schema first; what does not fit is `invalid_arguments`. Unknown arguments pass, as with Slack. */
export function method<Schema extends z.ZodType>(
  schema: Schema,
  run: (world: World, args: z.infer<Schema>) => Answer,
  token: Method["token"] = "bot",
): Method {
  return {
    token,
    run: (world, args) => {
      const parsed = schema.safeParse(args);
      return parsed.success ? run(world, parsed.data) : refuse("invalid_arguments", complaints(parsed.error));
    },
  };
}

function complaints(error: z.ZodError): Readonly<Record<string, unknown>> {
  const messages = error.issues.map((issue) => `[ERROR] ${issue.message} [json-pointer:/${issue.path.join("/")}]`);
  return { response_metadata: { messages } };
}

/** The channel as the app may see it; Slack hides private channels that the app is not in. */
export function visibleChannel(world: World, id: string): Channel | undefined {
  const channel = world.workspace.channel(id);
  const member = channel?.members.has(world.workspace.installation.botUserId);
  return channel && (member || !channel.isPrivate) ? channel : undefined;
}

/** The channel if the app may read or write in it, else Slack's error. */
export function joinedChannel(world: World, id: string): Channel | string {
  const channel = visibleChannel(world, id);
  if (channel === undefined) return "channel_not_found";
  return channel.members.has(world.workspace.installation.botUserId) ? channel : "not_in_channel";
}

/** One page of a list and the cursor of the next, as Slack answers them. */
export function page<Item>(items: readonly Item[], limit: number, cursor: string | undefined) {
  const start = cursor ? Number(Buffer.from(cursor, "base64url").toString()) || 0 : 0;
  const end = start + limit;
  const next = end < items.length ? Buffer.from(String(end)).toString("base64url") : "";
  return { items: items.slice(start, end), more: next !== "", response_metadata: { next_cursor: next } };
}
