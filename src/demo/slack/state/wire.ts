import type { Message } from "./message.ts";
import type { Channel, User } from "./people.ts";
import type { OpenView } from "./views.ts";
import type { World } from "./world.ts";

/** How things look on the wire: the shapes that Slack's API and its payloads use. */
export type Json = Readonly<Record<string, unknown>>;

export function messageOnWire(world: World, message: Message): Json {
  const { installation } = world.workspace;
  const byApp = message.user === installation.botUserId;
  const replies = repliesTo(world, message);
  return {
    type: "message",
    user: message.user,
    ...(byApp ? { bot_id: installation.botId, app_id: installation.appId } : {}),
    team: installation.teamId,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.ephemeralTo ? { is_ephemeral: true } : {}),
    ...(message.edits.length > 0 ? { edited: { user: message.user, ts: world.ids.ts() } } : {}),
    ...(message.reactions.length > 0 ? { reactions: message.reactions } : {}),
    ...(message.fileIds.length > 0 ? { files: message.fileIds.map((id) => fileOnWire(world, id)) } : {}),
    ...(replies.length > 0
      ? { thread_ts: message.ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts }
      : {}),
  };
}

/** The replies of a thread, oldest first, without the ephemeral ones. */
export function repliesTo(world: World, parent: Message): readonly Message[] {
  return world.messages
    .inChannel(parent.channel)
    .filter((one) => one.threadTs === parent.ts && one.ts !== parent.ts && one.ephemeralTo === undefined);
}

export function fileOnWire(world: World, id: string): Json {
  const file = world.files.find(id);
  return {
    id,
    name: file?.name,
    title: file?.title,
    size: file?.content?.length ?? 0,
    channels: file?.channels ?? [],
    url_private: `${world.origin()}/files/${id}`,
    permalink: `${world.origin()}/files/${id}`,
  };
}

export function userOnWire(user: User): Json {
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted,
    tz: user.timezone,
    is_bot: user.kind === "bot",
    is_restricted: user.kind === "guest" || user.kind === "single-channel-guest",
    is_ultra_restricted: user.kind === "single-channel-guest",
    ...(user.kind === "stranger" ? { is_stranger: true } : {}),
    profile: { real_name: user.realName, display_name: user.name },
  };
}

export function channelOnWire(channel: Channel, botUserId: string): Json {
  const direct = channel.directWith !== undefined;
  return {
    id: channel.id,
    ...(direct ? { user: channel.directWith } : { name: channel.name, name_normalized: channel.name }),
    is_channel: !direct && !channel.isPrivate,
    is_group: !direct && channel.isPrivate,
    is_im: direct,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_ext_shared: channel.isExtShared,
    is_shared: channel.isExtShared,
    is_org_shared: false,
    is_member: channel.members.has(botUserId),
    num_members: channel.members.size,
  };
}

/** A dialog as apps get it. `values` is what has been filled in, by block_id and action_id. */
export function viewOnWire(world: World, open: OpenView, values: Json = {}): Json {
  const { installation } = world.workspace;
  const { view } = open;
  return {
    id: open.id,
    team_id: installation.teamId,
    app_id: installation.appId,
    app_installed_team_id: installation.teamId,
    bot_id: installation.botId,
    type: view.type,
    title: view.title,
    submit: view.submit ?? null,
    close: view.close ?? null,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? "",
    callback_id: view.callback_id ?? "",
    external_id: view.external_id ?? "",
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    hash: open.hash,
    root_view_id: open.rootViewId,
    previous_view_id: open.previousViewId ?? null,
    state: { values },
  };
}
