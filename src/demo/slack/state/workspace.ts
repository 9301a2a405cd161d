import type { ChannelSeed, UserGroupSeed, UserSeed } from "./people.ts";
import {
  type Channel,
  channelFrom,
  type Installation,
  type User,
  type UserGroup,
  userFrom,
  userGroupFrom,
} from "./people.ts";

export interface WorkspaceSeed {
  readonly users?: readonly UserSeed[];
  readonly channels?: readonly ChannelSeed[];
  readonly userGroups?: readonly UserGroupSeed[];
}

/** People, channels and groups. Channels and users may change while the stand-in runs; tests take rights away so. */
export interface Workspace {
  readonly installation: Installation;
  readonly user: (id: string) => User | undefined;
  readonly users: () => readonly User[];
  readonly channel: (id: string) => Channel | undefined;
  /** By `#name` or bare name. */
  readonly channelNamed: (name: string) => Channel | undefined;
  readonly channels: () => readonly Channel[];
  /** The direct message between the app and this user; made on first use. */
  readonly directMessage: (user: string) => Channel;
  readonly userGroup: (id: string) => UserGroup | undefined;
  readonly userGroups: () => readonly UserGroup[];
  readonly putUser: (seed: UserSeed) => void;
  readonly putChannel: (seed: ChannelSeed) => void;
  readonly putUserGroup: (seed: UserGroupSeed) => void;
}

/** Small, but with one of every kind of person, so that a test of rights needs no seed of its own. */
export const defaultSeed: Required<WorkspaceSeed> = {
  users: [
    { id: "U0ANA", name: "ana", realName: "Ana Ruiz" },
    { id: "U0BO", name: "bo", realName: "Bo Lind" },
    { id: "U0GUS", name: "gus", realName: "Gus Guest", kind: "guest" },
    { id: "U0SAM", name: "sam", realName: "Sam Stranger", kind: "stranger" },
  ],
  channels: [
    { id: "C0INCIDENTS", name: "incidents", members: ["U0ANA", "U0BO", "U0GUS"] },
    { id: "C0GENERAL", name: "general", members: ["U0ANA", "U0BO", "U0GUS"], withoutBot: true },
    { id: "C0SHARED", name: "shared-with-vendor", members: ["U0ANA", "U0SAM"], isExtShared: true },
  ],
  userGroups: [{ id: "S0ONCALL", handle: "oncall", name: "On-call", users: ["U0ANA"] }],
};

const installation: Installation = {
  teamId: "T0STANDIN",
  teamName: "Stand-in",
  teamDomain: "stand-in",
  appId: "A0NODEWHY",
  botId: "B0NODEWHY",
  botUserId: "U0NODEWHY",
  botName: "node-why",
  scopes: [
    "commands",
    "chat:write",
    "files:write",
    "users:read",
    "channels:read",
    "groups:read",
    "channels:history",
    "groups:history",
    "usergroups:read",
    "reactions:write",
  ],
};

export function createWorkspace(seed: WorkspaceSeed): Workspace {
  const { teamId, botUserId, botName } = installation;
  const users = new Map<string, User>();
  const channels = new Map<string, Channel>();
  const userGroups = new Map<string, UserGroup>();
  const putUser = (user: UserSeed): void => void users.set(user.id, userFrom(user, teamId));
  const putChannel = (channel: ChannelSeed): void => void channels.set(channel.id, channelFrom(channel, botUserId));
  const putUserGroup = (group: UserGroupSeed): void => void userGroups.set(group.id, userGroupFrom(group));

  putUser({ id: botUserId, name: botName, kind: "bot" });
  (seed.users ?? defaultSeed.users).forEach(putUser);
  (seed.channels ?? defaultSeed.channels).forEach(putChannel);
  (seed.userGroups ?? defaultSeed.userGroups).forEach(putUserGroup);

  return {
    installation,
    user: (id) => users.get(id),
    users: () => [...users.values()],
    channel: (id) => channels.get(id),
    channelNamed: (name) => [...channels.values()].find((channel) => channel.name === name.replace(/^#/, "")),
    channels: () => [...channels.values()],
    directMessage: (user) => {
      const id = `D${user.slice(1)}`;
      const existing = channels.get(id);
      if (existing) return existing;
      const base = channelFrom({ id, name: "directmessage", members: [user], isPrivate: true }, botUserId);
      const made = { ...base, directWith: user };
      channels.set(id, made);
      return made;
    },
    userGroup: (id) => userGroups.get(id),
    userGroups: () => [...userGroups.values()],
    putUser,
    putChannel,
    putUserGroup,
  };
}
