import { type Finding, finding } from "./finding.ts";
import type { ChannelState, SlackState, SlackWish } from "./ports.ts";

const say = finding("slack", null);

/** null: there is no token. */
export function slackFindings(state: SlackState | null, wish: SlackWish): readonly Finding[] {
  if (state === null) return [noToken(wish)];
  const { auth } = state;
  if (!auth.ok) return [tokenFinding("SLACK_BOT_TOKEN", auth.problem)];
  return [
    say.fine(`the bot is ${auth.value.bot} in ${auth.value.team}`),
    ...scopeFindings(auth.value.scopes, wish),
    ...Object.entries(state.channels).map(([name, channel]) => channelFinding(name, channel)),
    wish.mode === "socket" ? socketFinding(state.socket) : secretFinding(state.signingSecret),
  ];
}

function noToken({ channels }: SlackWish): Finding {
  if (channels.length === 0) return say.fine("not configured; the command line works without it");
  return say.fix(
    "a channel is configured and SLACK_BOT_TOKEN is not set",
    "set SLACK_BOT_TOKEN, or SLACK_BOT_TOKEN_FILE",
  );
}

/** Words by which Slack says that a token is no good; with everything else it may be. */
const refusals =
  /invalid_auth|not_authed|account_inactive|token_revoked|token_expired|not_allowed_token_type|missing_scope/;

function tokenFinding(name: string, problem: string): Finding {
  const says = `${name}: ${problem}`;
  return refusals.test(problem)
    ? say.fix(says, `copy the token anew from the app's settings into ${name}`)
    : say.unknown(says, "check that Slack can be reached from here, and SLACK_API_URL");
}

export function scopesFor({ userGroups, digest }: SlackWish): readonly string[] {
  return [
    ...["commands", "chat:write", "users:read", "channels:read", "groups:read"],
    ...(userGroups ? ["usergroups:read"] : []),
    ...(digest ? ["channels:history", "groups:history"] : []),
  ];
}

function scopeFindings(scopes: readonly string[] | null, wish: SlackWish): readonly Finding[] {
  const wanted = scopesFor(wish);
  if (scopes === null) return [say.unknown("Slack did not say which scopes the token has", "try again")];
  const missing = wanted.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return [say.fine(`all ${wanted.length} scopes are granted`)];
  const add = `add ${missing.join(", ")} under OAuth & Permissions, and install the app again`;
  return [say.fix(`the bot's token lacks ${missing.join(", ")}`, add)];
}

function channelFinding(name: string, channel: ChannelState): Finding {
  if (channel.kind === "not-told") return say.unknown(`${name} could not be looked up: ${channel.why}`, "try again");
  if (channel.kind === "not-found") {
    return say.fix(
      `there is no channel ${name} that the bot can see`,
      `invite the bot there, or correct slack.channel`,
    );
  }
  if (channel.archived) return say.fix(`${name} is archived`, "name another channel in slack.channel");
  if (channel.shared) {
    return say.fix(`${name} is shared with another organisation, where nothing is answered`, "name another channel");
  }
  return channel.joined
    ? say.fine(`the bot is in ${name}`)
    : say.fix(`the bot is not in ${name}`, `/invite it to ${name}`);
}

function socketFinding(socket: SlackState["socket"]): Finding {
  if (socket === null)
    return say.fix("SLACK_APP_TOKEN is not set", "set it: an app-level token with connections:write");
  return socket.ok ? say.fine("Socket Mode may be used") : tokenFinding("SLACK_APP_TOKEN", socket.problem);
}

function secretFinding(given: boolean): Finding {
  if (given) return say.fine("there is a signing secret");
  return say.fix("SLACK_SIGNING_SECRET is not set", "set it: Basic Information, Signing Secret");
}
