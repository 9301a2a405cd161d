import { OperatorError } from "../../../shared/errors.ts";
import { deliver, deliverEvent } from "../deliver/deliver.ts";
import type { Delivery, DeliveryKind, Outcome, Transport } from "../deliver/delivery.ts";
import { eventPayload, messageActionPayload, slashPayload } from "../deliver/payloads.ts";
import { type Message, slackbot } from "../state/message.ts";
import type { Channel, User } from "../state/people.ts";
import type { Json } from "../state/wire.ts";
import type { World } from "../state/world.ts";
import { respond } from "../web-api/response-url.ts";
import { actionOf, findElement, type Given } from "./choose.ts";

/** What the gestures need: the world, the way to the app, and a note of what was delivered last. */
export interface Desk {
  readonly world: World;
  readonly transport: () => Transport;
  readonly remember: (delivery: Delivery) => void;
}

export interface SlashCommand {
  /** `/node` by default. */
  readonly command?: string;
  readonly text: string;
  /** A user id or name; the first member by default. */
  readonly user?: string;
  /** A channel id or name; the first channel by default. */
  readonly channel?: string;
}

/** Types a slash command. What the acknowledgement says, and Slack's own words of failure, are shown to the user. */
export async function slash(desk: Desk, typed: SlashCommand): Promise<Outcome> {
  const { world } = desk;
  const { command = "/node", text } = typed;
  const user = userNamed(world, typed.user);
  const channel = channelNamed(world, typed.channel);
  const payload = slashPayload(world, user, channel, command, text);
  const outcome = await send(desk, "slash_commands", command, payload);
  if (outcome.acknowledged) showAcknowledgement(world, command, payload, outcome.body);
  else tell(world, user, channel, `${command} failed with the error "${outcome.error}"`);
  return outcome;
}

function showAcknowledgement(world: World, command: string, payload: Json, body: unknown): void {
  const target = world.responseUrls.find(String(payload.response_url).split("/").at(-1) ?? "");
  if (body === undefined || target === undefined) return;
  const shown = respond(world, target, body);
  if (!shown.ok) world.problems.add("malformed_acknowledgement", command, shown.error ?? "");
}

function tell(world: World, user: User, channel: Channel, text: string): void {
  world.messages.post({ channel: channel.id, user: slackbot, text, ephemeralTo: user.id });
}

export interface Click {
  /** A message as it was seen; its buttons may be gone by now, as with a slow second click. */
  readonly message: Message;
  readonly actionId: string;
  readonly blockId?: string;
  /** The value of the option that is chosen, where it is no button. */
  readonly choose?: Given;
  readonly user?: string;
}

/** Presses a button of a message, or chooses in one of its menus. */
export function click(desk: Desk, { message, actionId, blockId, choose, user }: Click): Promise<Outcome> {
  const { world } = desk;
  const found = findElement(message.blocks, actionId, blockId);
  const current = world.messages.find(message.channel, message.ts) ?? message;
  const action = actionOf(found, choose, world.ids.ts());
  return send(desk, "interactive", actionId, messageActionPayload(world, userNamed(world, user), current, action));
}

export interface Mention {
  readonly text: string;
  readonly user?: string;
  readonly channel?: string;
  readonly threadTs?: string;
}

/** Writes a message that mentions the app; the app gets it as an event, again and again until it acknowledges. */
export function mention(desk: Desk, { text, user, channel, threadTs }: Mention): Promise<Outcome> {
  const { world } = desk;
  const words = `<@${world.workspace.installation.botUserId}> ${text}`;
  const message = say(world, words, user, channel, threadTs);
  const event = {
    type: "app_mention",
    user: message.user,
    text: message.text,
    ts: message.ts,
    channel: message.channel,
    event_ts: message.ts,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  };
  return sendEvent(desk, event);
}

export function sendEvent(desk: Desk, event: Json): Promise<Outcome> {
  const payload = eventPayload(desk.world, event);
  const delivery = made(desk, "events_api", String(event.type), payload);
  return deliverEvent(desk.world, desk.transport(), delivery);
}

/** A person writes; the app is not told. */
export function say(world: World, text: string, user?: string, channel?: string, threadTs?: string): Message {
  const author = userNamed(world, user).id;
  return world.messages.post({ channel: channelNamed(world, channel).id, user: author, text, threadTs });
}

export function send(desk: Desk, kind: DeliveryKind, where: string, payload: Json): Promise<Outcome> {
  return deliver(desk.world, desk.transport(), made(desk, kind, where, payload));
}

function made(desk: Desk, kind: DeliveryKind, where: string, payload: Json): Delivery {
  const delivery = { id: desk.world.ids.next("E"), kind, where, payload };
  desk.remember(delivery);
  return delivery;
}

export function userNamed({ workspace }: World, given: string | undefined): User {
  const people = workspace.users().filter((user) => user.kind !== "bot");
  const user = given === undefined ? people[0] : people.find((one) => one.id === given || one.name === given);
  if (user) return user;
  throw new OperatorError(`there is no user ${given}`, [`users are: ${people.map((one) => one.name).join(", ")}`]);
}

export function channelNamed({ workspace }: World, given: string | undefined): Channel {
  const channels = workspace.channels();
  const channel = given === undefined ? channels[0] : (workspace.channel(given) ?? workspace.channelNamed(given));
  if (channel) return channel;
  throw new OperatorError(`there is no channel ${given}`, [
    `channels are: ${channels.map((one) => one.name).join(", ")}`,
  ]);
}
