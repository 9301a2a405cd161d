import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Standin, startSlackStandin } from "../standin.ts";

let slack: Standin;
const channel = "C0INCIDENTS";

beforeEach(async () => {
  slack = await startSlackStandin({
    users: [
      { id: "U1", name: "ana" },
      { id: "U2", name: "gus", kind: "guest" },
      { id: "U3", name: "one", kind: "single-channel-guest" },
      { id: "U4", name: "sam", kind: "stranger" },
    ],
    channels: [
      { id: channel, name: "incidents", members: ["U1"] },
      { id: "C2", name: "elsewhere", withoutBot: true },
      { id: "C3", name: "hidden", withoutBot: true, isPrivate: true },
      { id: "C4", name: "old", isArchived: true },
      { id: "C5", name: "vendor", isExtShared: true },
    ],
  });
});

afterEach(() => slack.close());

type Answer = Record<string, unknown> & { ok: boolean; error?: string };

async function call(
  method: string,
  args: Record<string, unknown> = {},
  token: string | undefined = slack.botToken,
): Promise<Answer> {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(slack.apiUrl + method, { method: "POST", headers, body: JSON.stringify(args) });
  return (await response.json()) as Answer;
}

const post = (args: Record<string, unknown> = {}): Promise<Answer> =>
  call("chat.postMessage", { channel, text: "hello", ...args });

describe("what Slack refuses", () => {
  const section = { type: "section", text: { type: "mrkdwn", text: "x".repeat(3_001) } };
  const cases: [string, string, Record<string, unknown>][] = [
    ["unknown_method", "chat.shout", {}],
    ["channel_not_found", "chat.postMessage", { channel: "C404", text: "x" }],
    ["channel_not_found", "chat.postMessage", { channel: "C3", text: "x" }],
    ["not_in_channel", "chat.postMessage", { channel: "C2", text: "x" }],
    ["is_archived", "chat.postMessage", { channel: "C4", text: "x" }],
    ["no_text", "chat.postMessage", { channel }],
    ["msg_too_long", "chat.postMessage", { channel, text: "x".repeat(40_001) }],
    ["invalid_blocks", "chat.postMessage", { channel, text: "x", blocks: [section] }],
    ["invalid_blocks_format", "chat.postMessage", { channel, text: "x", blocks: "[{" }],
    ["invalid_metadata_format", "chat.postMessage", { channel, text: "x", metadata: { a: 1 } }],
    ["thread_not_found", "chat.postMessage", { channel, text: "x", thread_ts: "1.2" }],
    ["invalid_arguments", "chat.postMessage", { text: "x" }],
    ["message_not_found", "chat.update", { channel, ts: "1.2", text: "x" }],
    ["user_not_in_channel", "chat.postEphemeral", { channel, user: "U2", text: "x" }],
    ["user_not_found", "users.info", { user: "U404" }],
    ["no_such_subteam", "usergroups.users.list", { usergroup: "S404" }],
    ["not_in_channel", "conversations.history", { channel: "C2" }],
    ["file_not_found", "files.completeUploadExternal", { files: [{ id: "F404" }] }],
    ["message_not_found", "reactions.add", { channel, timestamp: "1.2", name: "eyes" }],
    ["invalid_blocks", "blocks.validate", { blocks: [{ type: "marquee" }] }],
    ["invalid_view", "blocks.validate", { view: { type: "modal" } }],
    [
      "not_found",
      "views.update",
      { view_id: "V404", view: { type: "modal", title: { type: "plain_text", text: "t" }, blocks: [] } },
    ],
  ];
  test.each(cases)("%s from %s", async (error, method, args) => {
    expect(await call(method, args)).toMatchObject({ ok: false, error });
    expect(slack.problems()).toMatchObject([{ kind: "refused_call", where: method, detail: error }]);
  });

  test.each([
    ["not_authed", ""],
    ["invalid_auth", "xoxb-wrong"],
  ])("%s", async (error, token) => {
    expect(await call("auth.test", {}, token)).toMatchObject({ ok: false, error });
  });

  test("the wrong kind of token", async () => {
    expect(await call("apps.connections.open")).toMatchObject({ error: "not_allowed_token_type" });
    expect(await call("auth.test", {}, slack.appToken)).toMatchObject({ error: "not_allowed_token_type" });
  });
});

describe("messages", () => {
  test("an edit without blocks keeps the old blocks, an empty list removes them", async () => {
    const { ts } = await post({ blocks: [{ type: "divider" }] });
    await call("chat.update", { channel, ts, text: "two" });
    expect(slack.messages(channel)[0]?.blocks).toHaveLength(1);
    await call("chat.update", { channel, ts, text: "three", blocks: [] });
    expect(slack.messages(channel)[0]).toMatchObject({ text: "three", blocks: [] });
    expect(slack.messages(channel)[0]?.edits.map((edit) => edit.text)).toEqual(["hello", "two"]);
  });

  test("an edit is shorter than a post may be", async () => {
    const { ts } = await post({ text: "x".repeat(4_001) });
    expect(await call("chat.update", { channel, ts, text: "x".repeat(4_001) })).toMatchObject({
      error: "msg_too_long",
    });
  });

  test("the app changes its own messages only", async () => {
    const { ts } = slack.say("mine", "ana", channel);
    expect(await call("chat.update", { channel, ts, text: "x" })).toMatchObject({ error: "cant_update_message" });
    expect(await call("chat.delete", { channel, ts })).toMatchObject({ error: "cant_delete_message" });
  });

  test("history is newest first without threads; replies come oldest first; metadata only when asked for", async () => {
    const metadata = { event_type: "node_why", event_payload: { id: "nw-1" } };
    const { ts } = await post({ text: "parent", metadata });
    await post({ text: "reply", thread_ts: ts });
    await post({ text: "next" });
    const history = await call("conversations.history", { channel });
    const texts = (answer: Answer) => (answer.messages as { text: string }[]).map((message) => message.text);
    expect(texts(history)).toEqual(["next", "parent"]);
    expect(texts(await call("conversations.replies", { channel, ts }))).toEqual(["parent", "reply"]);
    expect(JSON.stringify(history)).not.toContain("nw-1");
    expect(await call("conversations.history", { channel, include_all_metadata: true })).toMatchObject({
      messages: [{}, { metadata }],
    });
  });

  test("a page ends with a cursor to the next", async () => {
    for (const text of ["1", "2", "3"]) await post({ text });
    const first = await call("conversations.history", { channel, limit: 2 });
    expect(first).toMatchObject({ has_more: true, messages: [{ text: "3" }, { text: "2" }] });
    const cursor = (first.response_metadata as { next_cursor: string }).next_cursor;
    expect(await call("conversations.history", { channel, limit: 2, cursor })).toMatchObject({
      has_more: false,
      messages: [{ text: "1" }],
    });
  });

  test("a name or a user id will do as a channel for a post", async () => {
    expect(await post({ channel: "#incidents" })).toMatchObject({ ok: true, channel });
    const direct = await post({ channel: "U1" });
    expect(direct).toMatchObject({ ok: true, channel: "D1" });
  });

  test("blocks without text leave the lock screen empty", async () => {
    await post({ text: "", blocks: [{ type: "divider" }] });
    expect(slack.problems()).toMatchObject([{ kind: "no_fallback_text" }]);
  });

  test("a reaction counts once", async () => {
    const { ts } = await post();
    expect(await call("reactions.add", { channel, timestamp: ts, name: "eyes" })).toEqual({ ok: true });
    expect(await call("reactions.add", { channel, timestamp: ts, name: "eyes" })).toMatchObject({
      error: "already_reacted",
    });
  });

  test("a form body, nested arguments as JSON text, is the same as a JSON body", async () => {
    const body = new URLSearchParams({
      token: slack.botToken,
      channel,
      text: "form",
      blocks: JSON.stringify([{ type: "divider" }]),
    });
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: "POST", body });
    expect(await response.json()).toMatchObject({ ok: true });
    expect(slack.messages(channel)[0]).toMatchObject({ text: "form", blocks: [{ type: "divider" }] });
  });
});

describe("people and files", () => {
  test.each([
    ["U1", { is_restricted: false, is_bot: false }],
    ["U2", { is_restricted: true, is_ultra_restricted: false }],
    ["U3", { is_restricted: true, is_ultra_restricted: true }],
    ["U4", { is_stranger: true, team_id: "T0ELSEWHERE" }],
    ["U0NODEWHY", { is_bot: true }],
  ])("users.info tells what kind of user %s is", async (user, expected) => {
    expect(await call("users.info", { user })).toMatchObject({ ok: true, user: expected });
  });

  test("conversations.info tells shared channels", async () => {
    expect(await call("conversations.info", { channel: "C5" })).toMatchObject({ channel: { is_ext_shared: true } });
    expect(await call("conversations.list", { types: "public_channel", exclude_archived: "true" })).toMatchObject({
      channels: [{ name: "incidents" }, { name: "elsewhere" }, { name: "vendor" }],
    });
  });

  test("a file is announced, uploaded, shared in a thread and read back", async () => {
    const { ts } = await post();
    const announced = await call("files.getUploadURLExternal", { filename: "bundle.tgz", length: 5 });
    await fetch(String(announced.upload_url), { method: "POST", body: "bytes" });
    const files = [{ id: announced.file_id, title: "Evidence" }];
    expect(await call("files.completeUploadExternal", { files, channel_id: channel, thread_ts: ts })).toMatchObject({
      ok: true,
    });
    expect(slack.thread(channel, String(ts))[1]?.fileIds).toEqual([announced.file_id]);
    expect(slack.files()[0]).toMatchObject({ title: "Evidence", content: Buffer.from("bytes") });
  });
});

test("failures come as ordered, and then no more", async () => {
  slack.failNext({ method: "chat.postMessage", status: 429, retryAfter: 7 });
  slack.failNext({ method: "chat.postMessage", error: "fatal_error" });
  slack.failNext({ method: "chat.postMessage", reset: true });
  const raw = await fetch(`${slack.apiUrl}chat.postMessage`, { method: "POST" });
  expect([raw.status, raw.headers.get("retry-after")]).toEqual([429, "7"]);
  expect(await call("auth.test")).toMatchObject({ ok: true });
  expect(await post()).toMatchObject({ error: "fatal_error" });
  await expect(post()).rejects.toThrow();
  expect(await post()).toMatchObject({ ok: true });
});
