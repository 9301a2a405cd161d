import { fixButton } from "../present/blocks/fix.ts";
import { fixHeadline } from "../present/fix.ts";
import { allElements } from "./slack/driver/choose.ts";
import type { Message } from "./slack/state/message.ts";
import type { OpenView } from "./slack/state/views.ts";
import { demoChannel, type Stage } from "./stage.ts";

/** A fix as whoever pressed the button saw it. */
export interface FixSeen {
  /** The dialog with everything that is to be confirmed. */
  readonly dialog: OpenView["view"];
  /** The message that followed the fix, with all its versions. */
  readonly progress: Message | undefined;
  readonly end: Message;
  readonly succeeded: boolean;
}

/** Longer than the wait for proof and the two diagnoses around it. */
const patienceMs = 60_000;

/** Presses Fix… on the newest answer about this node, confirms, and waits for the end. A sentence: why it cannot. */
export async function pressFix(stage: Stage, user: string, node: string): Promise<FixSeen | string> {
  const { slack } = stage;
  const answer = slack.messages(demoChannel).findLast(({ text }) => text.startsWith(`${node} `));
  const actionId = answer && buttonOn(answer);
  if (answer === undefined || actionId === undefined) return `no answer about ${node} has a button for a fix`;
  await slack.click({ message: answer, actionId, user });
  const dialog = await slack.waitFor(() => filledIn(slack.views(user).at(-1)), patienceMs);
  if (dialog.view.submit === undefined) return `the fix of ${node} cannot be confirmed`;
  await slack.submitView({ view: dialog, user });
  const thread = (): readonly Message[] => slack.thread(demoChannel, answer.ts);
  const end = await slack.waitFor(() => thread().find((message) => endOf(message, node) !== null), patienceMs);
  await Promise.all(slack.views(user).map((view) => slack.closeView({ view, user })));
  const progress = thread().findLast((message) => message.ts !== end.ts && message.text.startsWith(`${node} (`));
  return { dialog: dialog.view, progress, end, succeeded: endOf(end, node) === "succeeded" };
}

function buttonOn({ blocks }: Message): string | undefined {
  return allElements(blocks)
    .map(({ element }) => element.action_id)
    .find((id) => id?.startsWith(fixButton));
}

/** The dialog opens at once and says first that the node is being looked at. */
function filledIn(open: OpenView | undefined): OpenView | null {
  return open !== undefined && open.view.blocks.length > 1 ? open : null;
}

const ended = ["succeeded", "failed", "refused", "expired", "interrupted"];

/** The state that this message says the fix has ended in; null: it is another message. */
function endOf({ text }: Message, node: string): string | null {
  const [, cluster = "", action = ""] = /^\S+ \(([^)]+)\): (\S+) /.exec(text) ?? [];
  const begins = (state: string): string => fixHeadline({ ...blank, node, cluster, action, state }).slice(0, -1);
  return ended.find((state) => text.startsWith(begins(state))) ?? null;
}

const blank = { outcome: { says: "", next: null } } as Parameters<typeof fixHeadline>[0];
