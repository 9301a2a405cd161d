import { describe, expect, test } from "@jest/globals";
import { failed, ok } from "../../shared/result.ts";
import type { SlackState, SlackWish } from "./ports.ts";
import { scopesFor, slackFindings } from "./slack.ts";

const wish: SlackWish = { channels: ["#ops"], mode: "socket", userGroups: false, digest: true };
const found = { kind: "found", joined: true, archived: false, shared: false } as const;
const good: SlackState = {
  auth: ok({ team: "T", bot: "node-why", scopes: scopesFor(wish) }),
  channels: { "#ops": found },
  socket: ok(null),
  signingSecret: false,
};
const bad = (state: SlackState | null, more: Partial<SlackWish> = {}) =>
  slackFindings(state, { ...wish, ...more })
    .filter((each) => each.state !== "fine")
    .map(({ state: is, says, next }) => ({ is, says, steps: next.length }));

test("all is well", () => {
  expect(bad(good)).toEqual([]);
});

test.each<[string, Partial<SlackState>, "fix" | "unknown", RegExp]>([
  ["a scope is missing", { auth: ok({ team: "T", bot: "b", scopes: ["commands"] }) }, "fix", /chat:write/],
  ["Slack does not name the scopes", { auth: ok({ team: "T", bot: "b", scopes: null }) }, "unknown", /scopes/],
  ["a bad token", { auth: failed("An API error occurred: invalid_auth") }, "fix", /SLACK_BOT_TOKEN/],
  ["Slack is away", { auth: failed("ECONNREFUSED") }, "unknown", /ECONNREFUSED/],
  ["no such channel", { channels: { "#ops": { kind: "not-found" } } }, "fix", /#ops/],
  ["not joined", { channels: { "#ops": { ...found, joined: false } } }, "fix", /not in #ops/],
  ["archived", { channels: { "#ops": { ...found, archived: true } } }, "fix", /archived/],
  ["shared", { channels: { "#ops": { ...found, shared: true } } }, "fix", /shared/],
  ["a channel not told", { channels: { "#ops": { kind: "not-told", why: "ratelimited" } } }, "unknown", /ratelimited/],
  ["no app token", { socket: null }, "fix", /SLACK_APP_TOKEN/],
  ["a bad app token", { socket: failed("not_allowed_token_type") }, "fix", /SLACK_APP_TOKEN/],
])("%s", (_name, state, is, says) => {
  expect(bad({ ...good, ...state })).toEqual([{ is, says: expect.stringMatching(says), steps: 1 }]);
});

describe("what is not configured", () => {
  test("no token and no channel is fine; a channel without a token is not", () => {
    expect(bad(null, { channels: [] })).toEqual([]);
    expect(bad(null)).toHaveLength(1);
  });

  test("HTTP mode needs the signing secret, and no app token", () => {
    expect(bad({ ...good, socket: null, signingSecret: true }, { mode: "http" })).toEqual([]);
    expect(bad({ ...good, socket: null }, { mode: "http" })).toMatchObject([{ is: "fix" }]);
  });

  test("user groups and digests need scopes of their own", () => {
    expect(bad(good, { userGroups: true })).toMatchObject([{ says: expect.stringContaining("usergroups:read") }]);
    expect(scopesFor({ ...wish, digest: false })).not.toContain("channels:history");
  });
});
