/** Who and what is in the workspace: people, channels and user groups. Seeds are what a demo or test asks for. */

/** A stranger belongs to another workspace and is seen through a shared channel only. */
export type UserKind = "member" | "guest" | "single-channel-guest" | "stranger" | "bot";

export interface UserSeed {
  readonly id: string;
  readonly name: string;
  readonly realName?: string;
  readonly kind?: UserKind;
  readonly timezone?: string;
  readonly deleted?: boolean;
}

export interface ChannelSeed {
  readonly id: string;
  readonly name: string;
  /** User ids. The app's own bot is a member unless `withoutBot`. */
  readonly members?: readonly string[];
  readonly withoutBot?: boolean;
  readonly isExtShared?: boolean;
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
}

export interface UserGroupSeed {
  readonly id: string;
  readonly handle: string;
  readonly name?: string;
  readonly users: readonly string[];
}

export interface User {
  readonly id: string;
  readonly teamId: string;
  readonly name: string;
  readonly realName: string;
  readonly kind: UserKind;
  readonly timezone: string;
  readonly deleted: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly members: ReadonlySet<string>;
  readonly isExtShared: boolean;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** The other side of a direct message between a person and the app. */
  readonly directWith?: string;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
}

/** The team of everybody who is not a stranger, and the app that is installed in it. */
export interface Installation {
  readonly teamId: string;
  readonly teamName: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botName: string;
  /** What its bot token may do. */
  readonly scopes: readonly string[];
}

const strangersTeam = "T0ELSEWHERE";

export function userFrom(seed: UserSeed, teamId: string): User {
  const kind = seed.kind ?? "member";
  return {
    id: seed.id,
    teamId: kind === "stranger" ? strangersTeam : teamId,
    name: seed.name,
    realName: seed.realName ?? seed.name,
    kind,
    timezone: seed.timezone ?? "Etc/UTC",
    deleted: seed.deleted ?? false,
  };
}

export function channelFrom(seed: ChannelSeed, botUserId: string): Channel {
  return {
    id: seed.id,
    name: seed.name,
    members: new Set([...(seed.members ?? []), ...(seed.withoutBot ? [] : [botUserId])]),
    isExtShared: seed.isExtShared ?? false,
    isPrivate: seed.isPrivate ?? false,
    isArchived: seed.isArchived ?? false,
  };
}

export function userGroupFrom(seed: UserGroupSeed): UserGroup {
  return { id: seed.id, handle: seed.handle, name: seed.name ?? seed.handle, users: seed.users };
}
