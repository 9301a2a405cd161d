import { afterEach, beforeEach, expect, test } from "@jest/globals";
import WebSocket from "ws";
import { type ManualClock, manualClock } from "./clock.ts";
import { waitFor } from "./driver/wait-for.ts";
import { type Standin, startSlackStandin } from "./standin.ts";
import { createChanges } from "./state/changes.ts";

interface Envelope {
  readonly type: string;
  readonly envelope_id: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
}

/** A hand-made client that keeps every envelope and acknowledges only when told to. */
interface Client {
  readonly envelopes: readonly Envelope[];
  /** Resolves once `count` envelopes are here. */
  readonly arrived: (count: number) => Promise<void>;
  readonly acknowledge: (index: number) => void;
}

let clock: ManualClock;
let slack: Standin;

beforeEach(async () => {
  clock = manualClock(1_700_000_000_000);
  slack = await startSlackStandin({ clock });
});

afterEach(() => slack.close());

async function call(method: string, args: object, token = slack.botToken): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(slack.apiUrl + method, { method: "POST", headers, body: JSON.stringify(args) });
  return (await response.json()) as Record<string, unknown>;
}

async function connect(): Promise<Client> {
  const before = slack.connections();
  const opened = await call("apps.connections.open", {}, slack.appToken);
  const socket = new WebSocket(String(opened.url));
  const envelopes: Envelope[] = [];
  const changes = createChanges();
  socket.on("message", (data) => {
    const envelope: Envelope = JSON.parse(String(data));
    if (envelope.type !== "hello") envelopes.push(envelope);
    changes.notify();
  });
  await slack.waitFor(() => slack.connections() === before + 1);
  return {
    envelopes,
    arrived: async (count) =>
      void (await waitFor(
        changes,
        () => envelopes.length >= count,
        5_000,
        () => "no envelope",
      )),
    acknowledge: (index) => socket.send(JSON.stringify({ envelope_id: envelopes[index]?.envelope_id })),
  };
}

test("after three seconds without acknowledgement the user is told, and a late one is a problem", async () => {
  const client = await connect();
  const outcome = slack.slash({ text: "why x" });
  await client.arrived(1);
  clock.advance(2_999);
  expect(slack.problems()).toEqual([]);
  clock.advance(1);
  expect(await outcome).toMatchObject({ acknowledged: false, error: "operation_timeout" });
  expect(slack.ephemerals()[0]?.text).toContain("operation_timeout");
  client.acknowledge(0);
  await slack.waitFor(() => slack.problems().some((problem) => problem.kind === "late_acknowledgement"));
});

test("an envelope is acknowledged once", async () => {
  const client = await connect();
  const outcome = slack.slash({ text: "why x" });
  await client.arrived(1);
  client.acknowledge(0);
  client.acknowledge(0);
  expect(await outcome).toMatchObject({ acknowledged: true });
  await slack.waitFor(() => slack.problems().some((problem) => problem.kind === "acknowledged_twice"));
});

test("closing lets nobody wait for ever", async () => {
  const client = await connect();
  const outcome = slack.slash({ text: "why x" });
  await client.arrived(1);
  await slack.close();
  expect(await outcome).toMatchObject({ acknowledged: false, error: "dispatch_failed" });
});

test("each envelope goes to one of the connections", async () => {
  const [first, second] = [await connect(), await connect()];
  void slack.slash({ text: "one" });
  void slack.slash({ text: "two" });
  await Promise.all([first.arrived(1), second.arrived(1)]);
  expect([first.envelopes.length, second.envelopes.length]).toEqual([1, 1]);
});

test("an event that is not acknowledged comes again at once, after a minute and after five, then no more", async () => {
  const client = await connect();
  void slack.mention({ text: "why x" });
  for (const [index, delay] of [0, 60_000, 300_000, 3_600_000].entries()) {
    await client.arrived(index + 1);
    await timeOut();
    clock.advance(delay);
  }
  expect(client.envelopes.map((one) => [one.retry_attempt, one.retry_reason])).toEqual([
    [undefined, undefined],
    [1, "timeout"],
    [2, "timeout"],
    [3, "timeout"],
  ]);
  expect(new Set(client.envelopes.map((one) => one.payload.event_id)).size).toBe(1);
});

/** Lets three seconds pass, and what follows from that happen. */
async function timeOut(): Promise<void> {
  clock.advance(3_000);
  await new Promise((resolve) => setImmediate(resolve));
}

async function openDialog(trigger: string | undefined): Promise<unknown> {
  const title = { type: "plain_text", text: "t" };
  const answer = await call("views.open", { trigger_id: trigger, view: { type: "modal", title, blocks: [] } });
  return answer.error ?? answer.ok;
}

test("a trigger opens one dialog", async () => {
  const client = await connect();
  void slack.slash({ text: "x" });
  await client.arrived(1);
  const trigger = client.envelopes[0]?.payload.trigger_id;
  clock.advance(2_000);
  expect(await openDialog(trigger)).toBe(true);
  expect(await openDialog(trigger)).toBe("exchanged_trigger_id");
  expect(await openDialog("made-up")).toBe("invalid_trigger_id");
});

test("a trigger lives for three seconds", async () => {
  const client = await connect();
  void slack.slash({ text: "x" });
  await client.arrived(1);
  clock.advance(3_001);
  expect(await openDialog(client.envelopes[0]?.payload.trigger_id)).toBe("expired_trigger_id");
});

async function respond(url: string | undefined): Promise<number> {
  const answer = await fetch(String(url), { method: "POST", body: JSON.stringify({ text: "x" }) });
  await answer.text();
  return answer.status;
}

test("a response URL takes five messages", async () => {
  const client = await connect();
  void slack.slash({ text: "x" });
  await client.arrived(1);
  const url = client.envelopes[0]?.payload.response_url;
  const statuses: number[] = [];
  for (let use = 0; use < 6; use += 1) statuses.push(await respond(url));
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  expect(slack.ephemerals()).toHaveLength(5);
});

test("a response URL lives for half an hour", async () => {
  const client = await connect();
  void slack.slash({ text: "x" });
  await client.arrived(1);
  clock.advance(30 * 60_000 + 1);
  expect(await respond(client.envelopes[0]?.payload.response_url)).toBe(404);
});
