import type { Message } from "../state/message.ts";
import type { Channel, User } from "../state/people.ts";
import type { OpenView } from "../state/views.ts";
import { type Json, messageOnWire, viewOnWire } from "../state/wire.ts";
import type { World } from "../state/world.ts";

/** The payloads as Slack sends them, field for field as far as apps look at them. */

export function responseUrl(world: World, id: string): string {
  return `${world.origin()}/response/${id}`;
}

export function slashPayload(world: World, user: User, channel: Channel, command: string, text: string): Json {
  const { installation } = world.workspace;
  return {
    token: "legacy",
    team_id: installation.teamId,
    team_domain: installation.teamDomain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: installation.appId,
    is_enterprise_install: "false",
    response_url: responseUrl(world, world.responseUrls.issue(user.id, channel.id).id),
    trigger_id: world.triggers.issue(user.id),
  };
}

function interaction(world: World, user: User): Json {
  const { installation } = world.workspace;
  return {
    token: "legacy",
    api_app_id: installation.appId,
    team: { id: installation.teamId, domain: installation.teamDomain },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    is_enterprise_install: false,
    enterprise: null,
    trigger_id: world.triggers.issue(user.id),
  };
}

export function messageActionPayload(world: World, user: User, message: Message, action: Json): Json {
  const ephemeral = message.ephemeralTo !== undefined;
  const response = world.responseUrls.issue(user.id, message.channel, message.ts);
  const channel = world.workspace.channel(message.channel);
  const container = { type: "message", channel_id: message.channel, message_ts: message.ts, is_ephemeral: ephemeral };
  return {
    type: "block_actions",
    ...interaction(world, user),
    container: message.threadTs ? { ...container, thread_ts: message.threadTs } : container,
    channel: { id: message.channel, name: channel?.name ?? "" },
    ...(ephemeral ? {} : { message: messageOnWire(world, message) }),
    state: { values: {} },
    response_url: responseUrl(world, response.id),
    actions: [action],
  };
}

export function viewActionPayload(world: World, user: User, view: OpenView, values: Json, action: Json): Json {
  return {
    type: "block_actions",
    ...interaction(world, user),
    container: { type: "view", view_id: view.id },
    view: viewOnWire(world, view, values),
    actions: [action],
  };
}

export function submissionPayload(world: World, user: User, view: OpenView, values: Json): Json {
  return {
    type: "view_submission",
    ...interaction(world, user),
    view: viewOnWire(world, view, values),
    response_urls: [],
  };
}

export function closedPayload(world: World, user: User, view: OpenView, isCleared: boolean): Json {
  const { trigger_id: _, ...common } = interaction(world, user);
  return { type: "view_closed", ...common, view: viewOnWire(world, view), is_cleared: isCleared };
}

export function eventPayload(world: World, event: Json): Json {
  const { installation } = world.workspace;
  return {
    token: "legacy",
    team_id: installation.teamId,
    api_app_id: installation.appId,
    type: "event_callback",
    event_id: world.ids.next("Ev"),
    event_time: Math.floor(world.clock.now() / 1000),
    event,
    authorizations: [
      {
        enterprise_id: null,
        team_id: installation.teamId,
        user_id: installation.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
