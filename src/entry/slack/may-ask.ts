import type { WebClient } from "@slack/web-api";

/** Who asks, where. */
export interface Asker {
  readonly user: string;
  readonly team: string;
  readonly channel: string;
}

/** null: may ask; else why not, in words for the asker. */
export type Refused = string | null;

export interface AskRules {
  /** By name with `#` or by id; undefined: any channel the app is in. */
  readonly channel: string | undefined;
}

interface SlackUser {
  readonly team_id?: string;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly is_bot?: boolean;
  readonly deleted?: boolean;
}
interface SlackChannel {
  readonly id?: string;
  readonly name?: string;
  readonly is_ext_shared?: boolean;
  readonly is_pending_ext_shared?: boolean;
  readonly is_org_shared?: boolean;
}

/**
 * Asking is a right: logs may hold what outsiders must not see. Guests, people of other
 * organisations and channels shared with them are refused; so are other channels than the configured one.
 * What cannot be looked up is refused too.
 */
export async function mayAsk(client: WebClient, asker: Asker, rules: AskRules): Promise<Refused> {
  const [user, channel] = await Promise.all([lookUpUser(client, asker.user), lookUpChannel(client, asker.channel)]);
  if (user === null) return "I could not look up who you are in Slack (users:read), so I do not answer.";
  if (user.deleted || user.is_bot) return "I answer people only.";
  if (user.is_stranger || (user.team_id !== undefined && user.team_id !== asker.team)) {
    return "I answer members of this workspace only.";
  }
  if (user.is_restricted || user.is_ultra_restricted) return "I do not answer guest accounts.";
  return channelRefusal(channel, asker, rules);
}

function channelRefusal(channel: SlackChannel | null, asker: Asker, { channel: wanted }: AskRules): Refused {
  if (channel?.is_ext_shared || channel?.is_pending_ext_shared) {
    return "I do not answer in channels that are shared with another organisation.";
  }
  if (wanted === undefined) return channel === null ? "I could not look up this channel; invite me to it first." : null;
  const fits = wanted === asker.channel || wanted === channel?.id || wanted.replace(/^#/, "") === channel?.name;
  if (fits) return channel === null ? "I could not look up this channel; invite me to it first." : null;
  return `Ask me in ${wanted}.`;
}

async function lookUpUser(client: WebClient, user: string): Promise<SlackUser | null> {
  return client.users.info({ user }).then(
    (answer) => (answer.user as SlackUser | undefined) ?? null,
    () => null,
  );
}

async function lookUpChannel(client: WebClient, channel: string): Promise<SlackChannel | null> {
  return client.conversations.info({ channel }).then(
    (answer) => (answer.channel as SlackChannel | undefined) ?? null,
    () => null,
  );
}
