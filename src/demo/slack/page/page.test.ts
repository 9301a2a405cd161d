import { request } from "node:http";
import { Script } from "node:vm";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { WebClient } from "@slack/web-api";
import { type Standin, startSlackStandin } from "../standin.ts";
import { clientScript } from "./client.ts";
import type { Parts } from "./parts.ts";

let slack: Standin;
const channel = "C0INCIDENTS";
const ana = { user: "U0ANA", channel };

beforeEach(async () => {
  slack = await startSlackStandin({ page: { suggestions: ["/node why <x>"] } });
});

afterEach(() => slack.close());

const client = (): WebClient =>
  new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });

async function get(path: string): Promise<string> {
  const answer = await fetch(new URL(path, slack.pageUrl));
  expect(answer.status).toBe(200);
  return answer.text();
}

const parts = async (user: string, thread = ""): Promise<Parts> =>
  JSON.parse(await get(`/parts?${new URLSearchParams({ user, channel, ...(thread ? { thread } : {}) })}`));

function act(fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const origin = new URL(slack.pageUrl).origin;
  const body = new URLSearchParams({ ...ana, ...fields });
  return fetch(new URL("/do", slack.pageUrl), {
    method: "POST",
    body,
    redirect: "manual",
    headers: { origin, ...headers },
  });
}

test("the page lets nothing in from elsewhere", async () => {
  const answer = await fetch(slack.pageUrl);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  const html = await answer.text();
  expect(html).toContain("/node why &lt;x&gt;");
  expect(html).not.toMatch(/<script(?! src="\/page\.js")|<style|\son\w+=|https?:\/\//);
});

test("the script is one a browser can read", async () => {
  expect(() => new Script(clientScript)).not.toThrow();
  expect(await get("/page.js")).toBe(clientScript);
  expect(await get("/style.css")).toContain("prefers-color-scheme: dark");
});

test("what is typed: a command goes to the app, and its failure is told; words go to the channel", async () => {
  const told = await act({ gesture: "write", text: "/node why x" }, { accept: "application/json" });
  expect(await told.json()).toMatchObject({ told: expect.stringContaining("dispatch_failed") });
  await act({ gesture: "write", text: "hello <b>" });
  const { log } = await parts("U0ANA");
  expect(log).toHaveLength(2);
  expect(log[1]?.html).toContain("hello &lt;b&gt;");
});

test("without a script a form leads back to where one was", async () => {
  const answer = await act({ gesture: "write", text: "hello" });
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe("/?user=U0ANA&channel=C0INCIDENTS");
});

test("what is for one person is shown to that person only", async () => {
  await client().chat.postEphemeral({ channel, user: "U0ANA", text: "psst" });
  expect((await parts("U0ANA")).log[0]?.html).toContain("psst");
  expect((await parts("U0BO")).log).toEqual([]);
});

test("a thread is counted below its parent and shown beside it; its permalink leads there", async () => {
  const web = client();
  const { ts = "" } = await web.chat.postMessage({ channel, text: "answer" });
  await web.chat.postMessage({ channel, thread_ts: ts, text: "evidence" });
  const shown = await parts("U0ANA", ts);
  expect(shown.log[0]?.html).toContain("1 reply");
  expect(shown.thread.map((part) => part.id)).toEqual([
    `t-${ts.replace(".", "-")}`,
    "t-replies",
    expect.stringMatching(/^t-\d/),
  ]);
  const { permalink = "" } = await web.chat.getPermalink({ channel, message_ts: ts });
  const answer = await fetch(permalink, { redirect: "manual" });
  expect(answer.headers.get("location")).toBe(`/?channel=${channel}&thread=${ts}`);
});

test("only what changed gets a new version", async () => {
  const web = client();
  const { ts = "" } = await web.chat.postMessage({ channel, text: "one" });
  await web.chat.postMessage({ channel, text: "other" });
  const before = (await parts("U0ANA")).log;
  await web.chat.update({ channel, ts, text: "two" });
  const after = (await parts("U0ANA")).log;
  expect(after.map((part, index) => part.version === before[index]?.version)).toEqual([false, true]);
});

test("a button that is gone is told, not thrown", async () => {
  const { ts = "" } = await client().chat.postMessage({ channel, text: "no buttons" });
  const answer = await act({ gesture: "click", in: channel, ts, action_id: "fix" }, { accept: "application/json" });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ told: expect.stringContaining("fix") });
});

test("the stream says when something changed", async () => {
  const stream = await fetch(new URL("/changes", slack.pageUrl));
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain("hello");
  slack.say("x", "ana", channel);
  expect((await reader?.read())?.value).toContain("changed");
  await reader?.cancel();
});

test("a foreign site can neither act nor read", async () => {
  expect((await act({ gesture: "write", text: "x" }, { origin: "http://evil.example" })).status).toBe(404);
  expect(slack.messages(channel)).toEqual([]);
  expect(await statusFor("evil.example")).toBe(404);
  expect(await statusFor(new URL(slack.pageUrl).host)).toBe(200);
});

/** With a Host header of one's choice, which fetch does not allow. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(slack.pageUrl, { headers: { host }, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });
}
