import type { Block } from "../validate/blocks.ts";
import type { Changes } from "./changes.ts";
import type { Ids } from "./ids.ts";
import { type Message, type MessageMetadata, type Reaction, versionOf } from "./message.ts";

export interface NewMessage {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly Block[] | undefined;
  readonly threadTs?: string | undefined;
  readonly metadata?: MessageMetadata | undefined;
  readonly ephemeralTo?: string | undefined;
  readonly fileIds?: readonly string[];
}

export interface MessageEdit {
  readonly text: string;
  readonly blocks?: readonly Block[] | undefined;
  readonly metadata?: MessageMetadata | undefined;
}

export interface Messages {
  readonly post: (message: NewMessage) => Message;
  readonly edit: (channel: string, ts: string, edit: MessageEdit) => Message | undefined;
  readonly remove: (channel: string, ts: string) => boolean;
  readonly react: (channel: string, ts: string, name: string, user: string) => boolean;
  readonly find: (channel: string, ts: string) => Message | undefined;
  /** Everything in the channel, oldest first, ephemeral messages and thread replies included. */
  readonly inChannel: (channel: string) => readonly Message[];
  readonly all: () => readonly Message[];
}

export function createMessages(ids: Ids, now: () => number, changes: Changes): Messages {
  const byKey = new Map<string, Message>();
  const keyOf = (channel: string, ts: string): string => `${channel} ${ts}`;
  const store = (message: Message): Message => {
    byKey.set(keyOf(message.channel, message.ts), message);
    changes.notify();
    return message;
  };
  const find = (channel: string, ts: string): Message | undefined => byKey.get(keyOf(channel, ts));
  return {
    find,
    post: (message) => store(fresh(message, ids, now())),
    edit: (channel, ts, edit) => {
      const old = find(channel, ts);
      return old && store(edited(old, edit, ids, now()));
    },
    remove: (channel, ts) => {
      const removed = byKey.delete(keyOf(channel, ts));
      if (removed) changes.notify();
      return removed;
    },
    react: (channel, ts, name, user) => {
      const old = find(channel, ts);
      const reactions = old && withReaction(old.reactions, name, user);
      if (reactions) store({ ...old, reactions });
      return reactions !== undefined;
    },
    inChannel: (channel) => [...byKey.values()].filter((message) => message.channel === channel),
    all: () => [...byKey.values()],
  };
}

function fresh(message: NewMessage, ids: Ids, at: number): Message {
  return {
    channel: message.channel,
    ts: ids.ts(),
    user: message.user,
    text: message.text,
    blocks: named(message.blocks ?? [], ids),
    fileIds: message.fileIds ?? [],
    reactions: [],
    edits: [],
    at,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    ...(message.ephemeralTo === undefined ? {} : { ephemeralTo: message.ephemeralTo }),
  };
}

function edited(old: Message, edit: MessageEdit, ids: Ids, at: number): Message {
  const { metadata: kept, ...rest } = old;
  const metadata = edit.metadata ?? kept;
  return {
    ...rest,
    text: edit.text,
    blocks: named(edit.blocks ?? [], ids),
    at,
    edits: [...old.edits, versionOf(old)],
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** Slack names every block that came without a block_id. */
export function named(blocks: readonly Block[], ids: Ids): readonly Block[] {
  return blocks.map((block) => (block.block_id === undefined ? { ...block, block_id: ids.next("b") } : block));
}

/** Undefined where this user has reacted so already. */
function withReaction(reactions: readonly Reaction[], name: string, user: string): readonly Reaction[] | undefined {
  const same = reactions.find((reaction) => reaction.name === name);
  if (same === undefined) return [...reactions, { name, users: [user] }];
  if (same.users.includes(user)) return undefined;
  return reactions.map((reaction) => (reaction === same ? { name, users: [...same.users, user] } : reaction));
}
