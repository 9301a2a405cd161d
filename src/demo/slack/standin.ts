import { randomBytes } from "node:crypto";
import { systemClock } from "../../platform/clock.ts";
import { OperatorError } from "../../shared/errors.ts";
import { type StandinClock, stoppable } from "./clock.ts";
import { deliver } from "./deliver/deliver.ts";
import type { Delivery, Outcome } from "./deliver/delivery.ts";
import { answersChallenge, signedHttp } from "./deliver/signed-http.ts";
import { createSocketMode, type DropManner, type SocketMode } from "./deliver/socket-mode.ts";
import * as dialogs from "./driver/dialogs.ts";
import * as gestures from "./driver/gestures.ts";
import { createObserver, describeState, type Observer } from "./driver/observe.ts";
import { waitFor } from "./driver/wait-for.ts";
import { type PageRoute, startServer } from "./http/server.ts";
import type { PageOptions } from "./page/layout.ts";
import type { Fault } from "./state/faults.ts";
import type { Message } from "./state/message.ts";
import type { Json } from "./state/wire.ts";
import type { Workspace, WorkspaceSeed } from "./state/workspace.ts";
import { createWorld, type Secrets, type World } from "./state/world.ts";

export interface StandinOptions extends WorkspaceSeed {
  /** A TCP port on loopback; any free one by default. */
  readonly port?: number;
  /** Test clocks make three seconds pass at once; the system's by default. */
  readonly clock?: StandinClock;
  /** What the page says beside the messages. */
  readonly page?: PageOptions;
}

/** A Slack on loopback: what the app talks to, and the hands and eyes of the people in it. */
export interface Standin extends Secrets, Observer {
  /** For `SLACK_API_URL`; ends in `/api/`. */
  readonly apiUrl: string;
  /** The page with the channel. */
  readonly pageUrl: string;
  readonly workspace: Workspace;
  /** Deliveries go to this URL, signed, from now on; back to Socket Mode with undefined. */
  readonly setRequestUrl: (url: string | undefined) => void;
  readonly requestUrl: () => string | undefined;
  /** Slack's own check of a request URL: does the app answer the challenge? */
  readonly verifyRequestUrl: () => Promise<boolean>;
  readonly slash: (command: gestures.SlashCommand) => Promise<Outcome>;
  readonly click: (click: gestures.Click) => Promise<Outcome>;
  readonly clickInView: (click: dialogs.ViewClick) => Promise<Outcome>;
  readonly submitView: (submission: dialogs.Submission) => Promise<dialogs.SubmissionOutcome>;
  readonly closeView: (gesture: dialogs.ViewGesture) => Promise<void>;
  readonly mention: (mention: gestures.Mention) => Promise<Outcome>;
  /** Any other event of the Events API, for example `{type: "app_home_opened", …}`. */
  readonly event: (event: Json) => Promise<Outcome>;
  /** A person's message that the app is not told of. */
  readonly say: (text: string, user?: string, channel?: string, threadTs?: string) => Message;
  /** The last delivery once more, as a network that repeats itself does. */
  readonly deliverAgain: () => Promise<Outcome>;
  readonly failNext: (fault: Fault) => void;
  readonly connections: () => number;
  readonly dropConnections: (manner?: DropManner) => void;
  /** Looks now and at every change; rejects after `timeoutMs` (5,000 by default) of real time. */
  readonly waitFor: <Value>(look: () => Value | undefined | null | false, timeoutMs?: number) => Promise<Value>;
  readonly close: () => Promise<void>;
}

export async function startSlackStandin(options: StandinOptions = {}): Promise<Standin> {
  const clock = stoppable(options.clock ?? realClock);
  const secrets = newSecrets();
  let origin = "http://127.0.0.1";
  const world = createWorld(options, clock, secrets, () => origin);
  const socketMode = createSocketMode(world);
  const way = createWay(world, socketMode);
  const page = createPage(way.desk, options.page ?? {});
  const server = await startServer(world, socketMode, options.port ?? 0, page);
  origin = `http://127.0.0.1:${server.port}`;
  return {
    ...secrets,
    ...createObserver(world),
    ...way.hands,
    apiUrl: `${origin}/api/`,
    pageUrl: `${origin}/`,
    workspace: world.workspace,
    failNext: world.faults.order,
    connections: socketMode.connections,
    dropConnections: (manner = "torn") => socketMode.drop(manner),
    waitFor: (look, timeoutMs = 5_000) => waitFor(world.changes, look, timeoutMs, () => describeState(world)),
    close: () => {
      clock.stop();
      return server.close();
    },
  };
}

const realClock: StandinClock = { now: () => systemClock.now().getTime(), after: systemClock.after };

/** Fresh for every start, in the forms that Slack's have. */
function newSecrets(): Secrets {
  const random = (): string => randomBytes(16).toString("hex");
  return { botToken: `xoxb-${random()}`, appToken: `xapp-1-${random()}`, signingSecret: random() };
}

type Hands = Pick<
  Standin,
  | "setRequestUrl"
  | "requestUrl"
  | "verifyRequestUrl"
  | "slash"
  | "click"
  | "clickInView"
  | "submitView"
  | "closeView"
  | "mention"
  | "event"
  | "say"
  | "deliverAgain"
>;

/** The page is loaded when it is first asked for: tests and the terminal demo never need it. */
function createPage(desk: gestures.Desk, options: PageOptions): PageRoute {
  return async (exchange) => (await import("./page/page.ts")).servePage(exchange, desk, options);
}

interface Way {
  readonly desk: gestures.Desk;
  readonly hands: Hands;
}

/** What people do, over whichever way to the app is set. */
function createWay(world: World, socketMode: SocketMode): Way {
  let requestUrl: string | undefined;
  let last: Delivery | undefined;
  const transport = () => (requestUrl === undefined ? socketMode.transport : signedHttp(world, requestUrl));
  const remember = (delivery: Delivery): void => {
    last = delivery;
  };
  const desk: gestures.Desk = { world, transport, remember };
  const hands: Hands = {
    setRequestUrl: (url) => {
      requestUrl = url;
    },
    requestUrl: () => requestUrl,
    verifyRequestUrl: async () => requestUrl !== undefined && answersChallenge(world, requestUrl),
    slash: (command) => gestures.slash(desk, command),
    click: (click) => gestures.click(desk, click),
    clickInView: (click) => dialogs.clickInView(desk, click),
    submitView: (submission) => dialogs.submitView(desk, submission),
    closeView: (gesture) => dialogs.closeView(desk, gesture),
    mention: (mention) => gestures.mention(desk, mention),
    event: (event) => gestures.sendEvent(desk, event),
    say: (text, user, channel, threadTs) => gestures.say(world, text, user, channel, threadTs),
    deliverAgain: () => {
      if (last === undefined) throw new OperatorError("nothing was delivered yet");
      const retry = { attempt: 1, reason: transport().timeoutReason };
      return deliver(world, transport(), { ...last, id: world.ids.next("E"), retry });
    },
  };
  return { desk, hands };
}
