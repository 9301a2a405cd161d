import { type SlackConfig, slackSchema } from "../../src/config/schema.ts";
import { type Standin, startSlackStandin } from "../../src/demo/slack/standin.ts";
import type { Message } from "../../src/demo/slack/state/message.ts";
import { startSlack } from "../../src/entry/slack/app.ts";
import type { Log } from "../../src/entry/slack/bolt-logger.ts";
import { systemClock } from "../../src/platform/clock.ts";
import type { FixWorld } from "../../src/usecases/remediate/ports.ts";
import { type FakeClock, fakeClock } from "../support/fake-clock.ts";
import { type Logbook, logbook } from "./remediation-log.ts";
import { reportOf } from "./remediation-node.ts";
import type { Scene } from "./remediation-scene.ts";

export const incidents = "C0INCIDENTS";

/** A real bot on the stand-in, over a practice node. */
export interface Bot {
  readonly slack: Standin;
  /** Moves the minute after which it looks for what was left behind; nothing else. */
  readonly minutes: FakeClock;
  readonly logged: readonly string[];
  readonly whenLogged: Logbook["whenLogged"];
  readonly stop: () => Promise<void>;
}

const operators: SlackConfig = slackSchema.parse({ channel: "#incidents", operators: ["U0ANA", "U0BO"] });

export async function startBot(
  { node, clock }: Scene,
  world: FixWorld,
  { slack, config = operators }: { readonly slack?: Standin; readonly config?: SlackConfig } = {},
): Promise<Bot> {
  const standin = slack ?? (await startSlackStandin());
  const { botToken, appToken, signingSecret, apiUrl } = standin;
  const [minutes, { note, lines: logged, whenLogged }] = [fakeClock(), logbook()];
  const log: Log = { debug: () => undefined, info: note, warn: note, error: note };
  const before = standin.connections();
  const looked = standin.calls("auth.test").length;
  const bot = await startSlack(
    config,
    { botToken, appToken, signingSecret, apiUrl },
    {
      diagnose: async () => {
        const report = reportOf(node, clock);
        return {
          kind: "report",
          report,
          evidence: { schema: 1, node: "n2", cluster: "lab", at: report.at, year: 2026, items: [] },
        };
      },
      list: async () => ({ nodes: [], total: 3, failed: [] }),
      history: async () => [],
      causes: [],
      now: clock.now,
      clock: systemClock,
      fix: { world, clock: minutes },
      log,
    },
  );
  await standin.waitFor(() => standin.calls("auth.test").length > looked && standin.connections() === before + 1);
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopping ??= (slack === undefined ? standin.close() : Promise.resolve())
      .then(() => bot.stop())
      .catch(() => undefined);
    return stopping;
  };
  return { slack: standin, minutes, logged, whenLogged, stop };
}

/** Asks about the node and returns the answer. */
export async function ask({ slack }: Bot, user = "ana"): Promise<Message> {
  const before = slack.messages(incidents).length;
  await slack.slash({ text: "why n2", user });
  return await slack.waitFor(() =>
    slack
      .messages(incidents)
      .slice(before)
      .find(({ text }) => text.includes("n2 ") && !text.startsWith("Looking")),
  );
}

export const buttonsOf = (message: Message): readonly string[] =>
  [...JSON.stringify(message.blocks).matchAll(/"action_id":"(fix\.[a-z-]+)"/g)].map(([, id]) => id ?? "");

/** Presses Fix… and waits until the dialog is filled in. */
export async function openDialog({ slack }: Bot, message: Message, user = "ana") {
  await slack.click({ message, actionId: "fix.restart-runtime", user });
  return await slack.waitFor(() =>
    slack.views(user).find(({ view }) => !JSON.stringify(view.blocks).includes("Looking at")),
  );
}

export const textOf = (shown: unknown): string =>
  [...JSON.stringify(shown).matchAll(/"(?:text|user_id)":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text).join(" ");

/** The dialog's words once they include this. */
export async function dialogSays({ slack }: Bot, words: string, user = "ana"): Promise<string> {
  return await slack.waitFor(() => {
    const said = textOf(slack.views(user).at(-1)?.view.blocks ?? []);
    return said.includes(words) && said;
  });
}

/** The thread's last message once it says this. */
export async function threadSays({ slack }: Bot, { ts }: Message, words: string): Promise<Message> {
  return await slack.waitFor(() =>
    slack
      .thread(incidents, ts)
      .slice(1)
      .findLast((message) => message.text.includes(words)),
  );
}
