import { answerOf } from "../present/answer.ts";
import { evidenceMessage } from "../present/blocks/answer.ts";
import { progressMessage } from "../present/blocks/progress.ts";
import type { Message } from "./slack/state/message.ts";
import { demoChannel, type Stage } from "./stage.ts";

/** What somebody in the channel got for a command. */
export type Reply =
  | { readonly kind: "answer"; readonly message: Message; readonly thread: readonly Message[] }
  | { readonly kind: "private"; readonly message: Message };

/** A diagnosis ends at its deadline of 20 s; this is only reached where something is broken. */
const patienceMs = 60_000;

/** Types a command and waits until everything that it brings stands in the channel. */
export async function typeCommand(stage: Stage, user: string, text: string): Promise<Reply> {
  const { slack } = stage;
  const posted = slack.messages(demoChannel).length;
  const told = slack.ephemerals(user).length;
  await slack.slash({ text, user, channel: demoChannel });
  return slack.waitFor(() => {
    const note = slack.ephemerals(user)[told];
    if (note !== undefined) return { kind: "private", message: note };
    const message = slack.messages(demoChannel)[posted];
    return message && finished(message, stage);
  }, patienceMs);
}

/** What a message says while it waits for answers begins so. */
const [progressBegins = ""] = progressMessage({
  node: "NODE",
  cluster: null,
  found: false,
  done: 0,
  total: 0,
  sources: [],
}).text.split("for NODE");

function finished(message: Message, { slack, report, cluster }: Stage): Reply | null {
  if (message.text.startsWith(progressBegins)) return null;
  const [, ...thread] = slack.thread(demoChannel, message.ts);
  const node = cluster.nodes.find(({ name }) => message.text.startsWith(`${name} `));
  const judged = node && report(node.name);
  const awaited = judged !== undefined && evidenceMessage(answerOf(judged)) !== null;
  return awaited && thread.length === 0 ? null : { kind: "answer", message, thread };
}
