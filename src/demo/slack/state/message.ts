import type { Block } from "../validate/blocks.ts";

/** What a message said at one time. */
export interface MessageVersion {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: MessageMetadata;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface Reaction {
  readonly name: string;
  readonly users: readonly string[];
}

/** One message as it stands now; never changed in place, so a kept reference is a snapshot. */
export interface Message extends MessageVersion {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  /** The author's user id; the app writes as its bot user, Slack's own words come from `USLACKBOT`. */
  readonly user: string;
  /** Only this user sees it. */
  readonly ephemeralTo?: string;
  readonly fileIds: readonly string[];
  readonly reactions: readonly Reaction[];
  /** Earlier versions, oldest first. */
  readonly edits: readonly MessageVersion[];
}

export const slackbot = "USLACKBOT";

/** The version that an edit leaves behind. */
export function versionOf(message: Message): MessageVersion {
  return {
    text: message.text,
    blocks: message.blocks,
    at: message.at,
    ...(message.metadata ? { metadata: message.metadata } : {}),
  };
}
