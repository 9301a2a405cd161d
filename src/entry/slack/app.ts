import bolt from "@slack/bolt";
import type { SlackConfig } from "../../config/schema.ts";
import type { SlackMessage } from "../../present/blocks/kit.ts";
import { noteMessage } from "../../present/blocks/progress.ts";
import { historyLines, nodeLines } from "../../present/lists.ts";
import type { Digest } from "../../report/digest.ts";
import type { Report } from "../../report/report.ts";
import { OperatorError } from "../../shared/errors.ts";
import type { HistoryLine } from "../../usecases/history.ts";
import type { NodeList } from "../../usecases/list-nodes.ts";
import { answerWhy, failureText, type WhyPorts } from "./answer-why.ts";
import { boltLogger, type Log } from "./bolt-logger.ts";
import { helpText, type NodeCommand, parseCommand } from "./command.ts";
import { handleDigest } from "./digest/handle.ts";
import { buttonsFor } from "./fix/offer.ts";
import { type FixPorts, registerFixes } from "./fix/register.ts";
import { mayAsk } from "./may-ask.ts";
import { makeOnce } from "./once.ts";

export interface SlackPorts extends Omit<WhyPorts, "client" | "log"> {
  readonly list: () => Promise<NodeList>;
  readonly history: (name: string) => Promise<readonly HistoryLine[]>;
  /** null: of the last full week. Left out: no digest can be asked for. */
  readonly digest?: (week: string | null) => Promise<Digest>;
  readonly causes: readonly { readonly id: string; readonly title: string; readonly area: string }[];
  readonly now: () => Date;
  /** Left out: no fixes are offered. */
  readonly fix?: FixPorts;
  readonly log: Log;
}

export interface SlackSecrets {
  readonly botToken: string | null;
  readonly appToken: string | null;
  readonly signingSecret: string | null;
  readonly apiUrl: string | null;
}

export interface RunningSlack {
  readonly mode: "socket" | "http";
  /** The port that listens, in HTTP mode. */
  readonly port: number | null;
  /** Waits for the answers that are under way. */
  readonly stop: () => Promise<void>;
}

/** Connects to Slack and answers the slash command, by Socket Mode or signed HTTP. */
export async function startSlack(config: SlackConfig, secrets: SlackSecrets, ports: SlackPorts): Promise<RunningSlack> {
  const app = makeApp(config, secrets, ports.log);
  const once = makeOnce();
  const { fix } = ports;
  const running = new Set<Promise<void>>();
  app.command(config.command, async ({ command, ack, respond, client }) => {
    await ack();
    if (!once.first(`command ${command.trigger_id}`)) return;
    const answer = async ({ text, blocks }: SlackMessage): Promise<void> => {
      await respond({ response_type: "ephemeral", text, blocks: blocks as unknown as never[] });
    };
    const note = (text: string): Promise<void> => answer(noteMessage(text));
    const work = handle(parseCommand(command.text), {
      note,
      answer,
      refused: () =>
        mayAsk(
          client,
          { user: command.user_id, team: command.team_id, channel: command.channel_id },
          { channel: config.channel },
        ),
      why: (name) =>
        answerWhy(
          { name, user: command.user_id, channel: command.channel_id },
          { ...ports, client, ...(fix ? { buttons: (report: Report) => buttonsFor(report, fix.world) } : {}) },
        ),
      ports,
      command: config.command,
    }).catch(async (thrown: unknown) => {
      ports.log.error({ error: String(thrown) }, "a command failed");
      await note(failureText(thrown)).catch(() => undefined);
    });
    running.add(work);
    await work.finally(() => running.delete(work));
  });
  const fixing = ports.fix && registerFixes(app, config, ports.fix, ports.log);
  app.error(async (error) => ports.log.error({ error: error.message }, "slack"));
  const server = (await app.start(config.port)) as { address?: () => unknown } | undefined;
  const address = server?.address?.();
  const port = typeof address === "object" && address !== null && "port" in address ? Number(address.port) : null;
  const stop = async (): Promise<void> => {
    await app.stop();
    await fixing?.stop();
    await Promise.allSettled([...running]);
  };
  return { mode: config.mode, port: config.mode === "http" ? port : null, stop };
}

function makeApp(config: SlackConfig, secrets: SlackSecrets, log: Log): InstanceType<typeof bolt.App> {
  const { botToken, appToken, signingSecret, apiUrl } = secrets;
  if (botToken === null) throw missing("SLACK_BOT_TOKEN");
  const shared = {
    token: botToken,
    logger: boltLogger(log),
    clientOptions: {
      ...(apiUrl === null ? {} : { slackApiUrl: apiUrl }),
      // The default retries for half an hour; an answer that late helps nobody.
      retryConfig: { retries: 3, minTimeout: 300, maxTimeout: 3_000 },
    },
  };
  if (config.mode === "socket") {
    if (appToken === null) throw missing("SLACK_APP_TOKEN");
    return new bolt.App({ ...shared, appToken, socketMode: true });
  }
  if (signingSecret === null) throw missing("SLACK_SIGNING_SECRET");
  return new bolt.App({ ...shared, signingSecret });
}

function missing(name: string): OperatorError {
  return new OperatorError(`${name} is not set`, [`Set ${name} (or ${name}_FILE) and start again.`]);
}

interface Handling {
  readonly note: (text: string) => Promise<void>;
  readonly answer: (message: SlackMessage) => Promise<void>;
  readonly refused: () => Promise<string | null>;
  readonly why: (name: string) => Promise<void>;
  readonly ports: SlackPorts;
  readonly command: string;
}

async function handle(command: NodeCommand, handling: Handling): Promise<void> {
  const { note, answer, refused, why, ports, command: name } = handling;
  const refusal = await refused();
  if (refusal !== null) return note(refusal);
  switch (command.kind) {
    case "why":
      return why(command.name);
    case "list":
      return note(nodeLines(await ports.list(), ports.now().toISOString()).join("\n"));
    case "history":
      return note(historyLines(command.name, await ports.history(command.name)).join("\n"));
    case "digest":
      if (!ports.digest) return note("Nothing is remembered here, so there is no digest.");
      return handleDigest(command.week, { digest: ports.digest, answer });
    case "causes":
      return note(causesText(ports.causes));
    case "help":
      return note(helpText(name));
    case "unknown":
      return note(`I do not know "${command.word.slice(0, 60)}".\n${helpText(name)}`);
  }
}

function causesText(causes: SlackPorts["causes"]): string {
  const areas = Map.groupBy(causes, ({ area }) => area);
  return [...areas].map(([area, list]) => `${area}: ${list.map(({ id }) => id).join(", ")}`).join("\n");
}
