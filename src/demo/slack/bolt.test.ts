import type { AddressInfo, Server } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import bolt, { type App as BoltApp } from "@slack/bolt";
import { type Standin, startSlackStandin } from "./standin.ts";

const { App, LogLevel } = bolt;
const channel = "C0INCIDENTS";

interface Running {
  readonly app: BoltApp;
  readonly stop: () => Promise<unknown>;
}

/** A real Bolt app, as the product starts one, in either mode. */
async function startApp(mode: "socket mode" | "signed http", slack: Standin): Promise<Running> {
  const shared = {
    token: slack.botToken,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  };
  if (mode === "socket mode") {
    const app = new App({ ...shared, appToken: slack.appToken, socketMode: true });
    return { app, stop: () => app.stop() };
  }
  const app = new App({ ...shared, signingSecret: slack.signingSecret });
  return { app, stop: () => app.stop() };
}

/** Starts the app and waits until it can be reached; bolt looks its own token up in the background meanwhile. */
async function connect(mode: string, running: Running, slack: Standin): Promise<void> {
  await slack.waitFor(() => slack.calls("auth.test").length > 0);
  if (mode === "socket mode") {
    await running.app.start();
    await slack.waitFor(() => slack.connections() === 1);
    return;
  }
  const server = (await running.app.start(0)) as Server;
  slack.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
}

/** Bolt's HTTP receiver rejects a second stop. */
function alreadyStopped(thrown: unknown): void {
  expect(thrown).toBeInstanceOf(Error);
}

describe.each(["socket mode", "signed http"] as const)("a bolt app over %s", (mode) => {
  let slack: Standin;
  let running: Running;

  beforeEach(async () => {
    slack = await startSlackStandin();
    running = await startApp(mode, slack);
  });

  afterEach(async () => {
    await slack.close();
    await running.stop().catch(alreadyStopped);
  });

  test("a command is acknowledged, then answered by one message that is edited", async () => {
    running.app.command("/node", async ({ ack, command, client }) => {
      await ack();
      const posted = await client.chat.postMessage({ channel: command.channel_id, text: `looking at ${command.text}` });
      await client.chat.update({ channel: command.channel_id, ts: posted.ts ?? "", text: "disk full" });
      await client.chat.postMessage({ channel: command.channel_id, thread_ts: posted.ts ?? "", text: "evidence" });
    });
    await connect(mode, running, slack);
    const outcome = await slack.slash({ text: "why worker-7" });
    expect(outcome.acknowledged).toBe(true);
    const message = await slack.waitFor(() => slack.messages(channel).find((one) => one.text === "disk full"));
    expect(message.edits.map((edit) => edit.text)).toEqual(["looking at why worker-7"]);
    await slack.waitFor(() => slack.thread(channel, message.ts).length === 2);
    expect(slack.problems()).toEqual([]);
  });

  test("an acknowledgement with words is seen by the asker only", async () => {
    running.app.command("/node", ({ ack }) => ack({ response_type: "ephemeral", text: "try /node help" }));
    await connect(mode, running, slack);
    await slack.slash({ text: "", user: "bo" });
    expect(slack.ephemerals("bo").map((message) => message.text)).toEqual(["try /node help"]);
    expect(slack.ephemerals("ana")).toEqual([]);
    expect(slack.messages(channel)).toEqual([]);
  });

  test("the response URL posts, replaces and deletes", async () => {
    running.app.command("/node", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "one" });
      await respond({ text: "two", replace_original: true });
      await respond({ text: "for all", response_type: "in_channel" });
    });
    await connect(mode, running, slack);
    await slack.slash({ text: "x" });
    await slack.waitFor(() => slack.messages(channel).length === 1);
    expect(slack.ephemerals().map((message) => message.text)).toEqual(["two"]);
  });

  test("a button opens a dialog, its fields are refused once and then taken", async () => {
    const submitted: unknown[] = [];
    running.app.action("fix", async ({ ack, body, client }) => {
      await ack();
      if (body.type === "block_actions") await client.views.open({ trigger_id: body.trigger_id, view: dialog });
    });
    running.app.view("confirm", async ({ ack, view, body }) => {
      const reason = view.state.values.reason?.text?.value;
      if (reason === "no") return ack({ response_action: "errors", errors: { reason: "say why" } });
      submitted.push([reason, view.private_metadata, body.user.id]);
      await ack();
    });
    await connect(mode, running, slack);
    const posted = await running.app.client.chat.postMessage({ channel, text: "fix?", blocks: buttons });
    const message = await slack.waitFor(() => slack.messages(channel).find((one) => one.ts === posted.ts));
    await slack.click({ message, actionId: "fix", user: "bo" });
    await slack.waitFor(() => slack.views("bo")[0]);
    expect(await slack.submitView({ user: "bo" })).toMatchObject({ result: "incomplete" });
    expect(await slack.submitView({ user: "bo", values: { text: "no" } })).toMatchObject({
      result: "errors",
      errors: { reason: "say why" },
    });
    expect(await slack.submitView({ user: "bo", values: { text: "disk" } })).toMatchObject({ result: "closed" });
    expect(submitted).toEqual([["disk", "token-1", "U0BO"]]);
    expect(slack.views("bo")).toEqual([]);
    expect(slack.problems()).toEqual([]);
  });

  test("a dialog that asked for it hears of being closed", async () => {
    const closed: string[] = [];
    running.app.action("fix", async ({ ack, body, client }) => {
      await ack();
      if (body.type === "block_actions") await client.views.open({ trigger_id: body.trigger_id, view: dialog });
    });
    running.app.view({ type: "view_closed", callback_id: "confirm" }, async ({ ack, view }) => {
      closed.push(view.callback_id);
      await ack();
    });
    await connect(mode, running, slack);
    await running.app.client.chat.postMessage({ channel, text: "fix?", blocks: buttons });
    const message = await slack.waitFor(() => slack.messages(channel)[0]);
    await slack.click({ message, actionId: "fix" });
    await slack.waitFor(() => slack.views()[0]);
    await slack.closeView({});
    expect(closed).toEqual(["confirm"]);
  });

  test("a mention arrives as an event, and a repeated delivery says that it is one", async () => {
    const seen: [string, number | undefined, string][] = [];
    running.app.event("app_mention", async ({ event, context, body }) => {
      seen.push([event.text, context.retryNum, body.event_id]);
    });
    await connect(mode, running, slack);
    await slack.mention({ text: "why worker-7" });
    await slack.deliverAgain();
    await slack.waitFor(() => seen.length === 2);
    expect(seen[0]?.[0]).toBe("<@U0NODEWHY> why worker-7");
    expect(seen.map((one) => one[1])).toEqual([undefined, 1]);
    expect(seen[0]?.[2]).toBe(seen[1]?.[2]);
  });

  test("an app that went away fails the command, and the user is told in Slack's words", async () => {
    await connect(mode, running, slack);
    await running.stop();
    await slack.waitFor(() => mode === "signed http" || slack.connections() === 0);
    expect(await slack.slash({ text: "x" })).toMatchObject({ acknowledged: false, error: "dispatch_failed" });
    expect(slack.ephemerals().map((message) => message.user)).toEqual(["USLACKBOT"]);
    expect(slack.problems().map((problem) => problem.kind)).toEqual(["dispatch_failed"]);
  });
});

test("the request URL answers Slack's challenge, and a forged signature is refused", async () => {
  const slack = await startSlackStandin();
  const running = await startApp("signed http", slack);
  await connect("signed http", running, slack);
  expect(await slack.verifyRequestUrl()).toBe(true);
  const stranger = await startSlackStandin();
  const server = slack.requestUrl();
  stranger.setRequestUrl(server);
  expect(await stranger.slash({ text: "x" })).toMatchObject({ acknowledged: false, error: "dispatch_failed" });
  await running.stop();
  await Promise.all([slack.close(), stranger.close()]);
});

const buttons = [
  {
    type: "actions" as const,
    elements: [{ type: "button" as const, action_id: "fix", text: { type: "plain_text" as const, text: "Fix…" } }],
  },
];

const dialog = {
  type: "modal" as const,
  callback_id: "confirm",
  private_metadata: "token-1",
  notify_on_close: true,
  title: { type: "plain_text" as const, text: "Restart containerd" },
  submit: { type: "plain_text" as const, text: "Restart" },
  blocks: [
    {
      type: "input" as const,
      block_id: "reason",
      label: { type: "plain_text" as const, text: "Why" },
      element: { type: "plain_text_input" as const, action_id: "text" },
    },
  ],
};
