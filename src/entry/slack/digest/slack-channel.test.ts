import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import bolt from "@slack/bolt";
import { sampleDigest } from "../../../../test/store/digest-race.ts";
import { type Standin, startSlackStandin } from "../../../demo/slack/standin.ts";
import { digestMessage } from "../../../present/blocks/digest.ts";
import type { DigestChannel } from "./channel.ts";
import { digestChannel } from "./slack-channel.ts";

const week = "2026-W47";
const message = digestMessage(sampleDigest);
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let slack: Standin;
let since: Date;
const to = (channel = "#incidents", changes: object = {}): DigestChannel =>
  digestChannel({ token: slack.botToken, apiUrl: slack.apiUrl, channel, log, ...changes });

beforeEach(async () => {
  slack = await startSlackStandin();
  since = new Date();
});
afterEach(() => slack.close());

describe("posting", () => {
  test.each([
    ["no right to write", { error: "not_in_channel" }, { kind: "refused", why: "not_in_channel", waitSeconds: null }],
    ["a rate limit", { status: 429, retryAfter: 77 }, { kind: "refused", waitSeconds: 77 }],
    ["a broken connection", { reset: true }, { kind: "unknown" }],
    ["an error of the server", { status: 500 }, { kind: "unknown" }],
    ["an error after which part may have happened", { error: "internal_error" }, { kind: "unknown" }],
  ])("%s: one call and what it means", async (_what, fault, meaning) => {
    slack.failNext({ method: "chat.postMessage", ...fault });
    expect(await to().post(message, week)).toMatchObject(meaning);
    // Had the client tried again by itself, it would have come through.
    expect(slack.messages("incidents")).toEqual([]);
  });
});

describe("looking for what was posted", () => {
  test("is found by its metadata, among others, on any page", async () => {
    const posted = await to().post(message, week);
    for (let nth = 0; nth < 250; nth += 1) slack.say(`noise ${nth}`);
    expect(await to().find(week, since)).toEqual({ kind: "found", ts: posted.kind === "posted" && posted.ts });
    expect(await to("C0INCIDENTS").find(week, since)).toMatchObject({ kind: "found" });
    expect(await to().find("2026-W46", since)).toEqual({ kind: "not-there" });
    expect(slack.calls("conversations.history").length).toBeGreaterThan(2);
  });

  test("is found by the name of its block where metadata is not shown", async () => {
    const client = new bolt.webApi.WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
    await client.chat.postMessage({
      channel: "C0INCIDENTS",
      text: message.text,
      blocks: message.blocks as unknown as never[],
    });
    expect(await to().find(week, since)).toMatchObject({ kind: "found" });
  });

  test("what somebody else says is not ours", async () => {
    slack.say(message.text);
    expect(await to().find(week, since)).toEqual({ kind: "not-there" });
  });

  test("what is older than the claim by far is not looked at", async () => {
    await to().post(message, week);
    const tomorrow = new Date(since.getTime() + 24 * 3_600_000);
    expect(await to().find(week, tomorrow)).toEqual({ kind: "not-there" });
  });

  test.each([
    ["no right to read", "conversations.history", { error: "missing_scope" }, "unreadable"],
    ["no right to find the channel", "conversations.list", { error: "missing_scope" }, "unreadable"],
    ["a rate limit", "conversations.history", { status: 429, retryAfter: 1 }, "failed"],
    ["a broken connection", "conversations.history", { reset: true }, "failed"],
    ["an error of the server", "auth.test", { status: 500 }, "failed"],
  ])("%s is not the same as not there", async (_what, method, fault, kind) => {
    slack.failNext({ method, ...fault });
    expect(await to().find(week, since)).toMatchObject({ kind });
  });

  test("a channel that is not there cannot be read", async () => {
    expect(await to("#nowhere").find(week, since)).toMatchObject({ kind: "unreadable" });
    expect(await to("#general").find(week, since)).toMatchObject({ kind: "unreadable" });
  });
});

test("a Slack that takes the call and is silent costs the time limit, not the day", async () => {
  const server = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  expect(await to("#incidents", { apiUrl, timeoutMs: 200 }).post(message, week)).toMatchObject({ kind: "unknown" });
  server.closeAllConnections();
  server.close();
});
