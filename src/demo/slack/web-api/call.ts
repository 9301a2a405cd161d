import type { World } from "../state/world.ts";
import { blockMethods } from "./blocks.ts";
import { chatMethods } from "./chat.ts";
import { conversationMethods } from "./conversations.ts";
import { fileMethods } from "./files.ts";
import { type Answer, type Method, refuse } from "./method.ts";
import { peopleMethods } from "./people.ts";
import { reactionMethods } from "./reactions.ts";
import { viewMethods } from "./views.ts";

const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...chatMethods,
    ...conversationMethods,
    ...peopleMethods,
    ...viewMethods,
    ...fileMethods,
    ...reactionMethods,
    ...blockMethods,
  }),
);

export interface ApiCall {
  readonly method: string;
  readonly token: string | undefined;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Answers one Web API call, records it, and notes as a problem whatever Slack would have refused. */
export function answerCall(world: World, call: ApiCall, extra: ReadonlyMap<string, Method> = new Map()): Answer {
  const given = dispatch(world, call, methods.get(call.method) ?? extra.get(call.method));
  world.calls.record({ method: call.method, args: call.args, answer: given, at: world.clock.now() });
  if (!given.ok) world.problems.add("refused_call", call.method, given.error ?? "");
  return given;
}

function dispatch(world: World, call: ApiCall, method: Method | undefined): Answer {
  if (method === undefined) return refuse("unknown_method");
  const denied = checkToken(world, call.token, method.token);
  return denied === undefined ? method.run(world, call.args) : refuse(denied);
}

function checkToken(world: World, token: string | undefined, wanted: Method["token"]): string | undefined {
  const { botToken, appToken } = world.secrets;
  if (token === undefined || token === "") return "not_authed";
  if (token !== botToken && token !== appToken) return "invalid_auth";
  const fits = wanted === "any" || token === (wanted === "bot" ? botToken : appToken);
  return fits ? undefined : "not_allowed_token_type";
}
