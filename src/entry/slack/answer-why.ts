import type { WebClient } from "@slack/web-api";
import { answerOf } from "../../present/answer.ts";
import { answerMessage, evidenceMessage } from "../../present/blocks/answer.ts";
import type { SlackMessage } from "../../present/blocks/kit.ts";
import { noteMessage, progressMessage } from "../../present/blocks/progress.ts";
import { refusalText } from "../../present/refusal.ts";
import type { Report } from "../../report/report.ts";
import { ExternalError, messageOf, OperatorError } from "../../shared/errors.ts";
import type { Diagnosis, Question } from "../../usecases/diagnose.ts";
import { makeProgress } from "./progress.ts";

/** What answering needs from outside. */
export interface WhyPorts {
  readonly client: WebClient;
  readonly diagnose: (question: Question) => Promise<Diagnosis>;
  /** One block more below the answer, for what the report offers; null: nothing. */
  readonly buttons?: (report: Report) => object | null;
  readonly clock: { readonly monotonicMs: () => number };
  readonly log: { readonly error: (fields: object, message: string) => void };
}

/** A question asked in a channel. */
export interface AskedInSlack {
  readonly name: string;
  readonly user: string;
  readonly channel: string;
}

/** One message that shows progress and then becomes the answer; the evidence goes into its thread. */
export async function answerWhy(asked: AskedInSlack, ports: WhyPorts): Promise<void> {
  const { client } = ports;
  const first = await post(client, asked.channel, progressMessage(beginning(asked.name)));
  const update = async (message: SlackMessage): Promise<void> => {
    await client.chat.update({ channel: first.channel, ts: first.ts, ...plain(message) });
  };
  const progress = makeProgress(
    // An update that Slack refuses costs a tick of progress, never the answer.
    (message) =>
      update(message).catch((thrown: unknown) => ports.log.error({ error: messageOf(thrown) }, "progress not shown")),
    ports.clock,
  );
  const outcome = await settled(
    ports.diagnose({ name: asked.name, askedBy: asked.user, onProgress: progress.note }),
    ports,
  );
  await progress.stop();
  await update(outcome.message);
  if (outcome.thread) await post(client, first.channel, outcome.thread, first.ts);
}

function beginning(name: string): Parameters<typeof progressMessage>[0] {
  return { node: name.slice(0, 260), cluster: null, found: false, done: 0, total: 0, sources: [] };
}

interface Outcome {
  readonly message: SlackMessage;
  readonly thread: SlackMessage | null;
}

async function settled(diagnosis: Promise<Diagnosis>, { log, buttons }: WhyPorts): Promise<Outcome> {
  try {
    const found = await diagnosis;
    if (found.kind !== "report") return { message: noteMessage(refusalText(found)), thread: null };
    const answer = answerOf(found.report);
    const block = buttons?.(found.report) ?? null;
    return { message: withBlock(answerMessage(answer), block), thread: evidenceMessage(answer) };
  } catch (thrown) {
    log.error({ error: messageOf(thrown) }, "a question was not answered");
    return { message: noteMessage(failureText(thrown)), thread: null };
  }
}

function withBlock(message: SlackMessage, block: object | null): SlackMessage {
  return block === null
    ? message
    : { ...message, blocks: [...message.blocks, block as SlackMessage["blocks"][number]] };
}

/** What can be said of a failure in a channel: no stack, no path, the next step. */
export function failureText(thrown: unknown): string {
  if (thrown instanceof OperatorError) return [thrown.message, ...thrown.nextSteps].join("\n");
  if (thrown instanceof ExternalError)
    return `${thrown.service} failed: ${thrown.message}${thrown.retryable ? " Asking again may help." : ""}`;
  return "I have a bug and could not answer; my log says more. The node was only read, nothing was changed.";
}

export async function post(
  client: WebClient,
  channel: string,
  message: SlackMessage,
  thread?: string,
): Promise<{ readonly channel: string; readonly ts: string }> {
  const sent = await client.chat.postMessage({ channel, ...plain(message), ...(thread ? { thread_ts: thread } : {}) });
  return { channel: sent.channel ?? channel, ts: sent.ts ?? "" };
}

/** Our block types are the part of Slack's that is used; links and names in text are never expanded. */
function plain(message: SlackMessage): { text: string; blocks: never[]; unfurl_links: false; unfurl_media: false } {
  return { text: message.text, blocks: message.blocks as unknown as never[], unfurl_links: false, unfurl_media: false };
}
