import type { WebClient } from "@slack/web-api";
import { noteDialog } from "../../../present/blocks/fix.ts";
import { messageOf } from "../../../shared/errors.ts";
import { type Confirmed, confirm, type NotConfirmed } from "../../../usecases/remediate/confirm.ts";
import type { FixWorld, Person } from "../../../usecases/remediate/ports.ts";
import { runFix } from "../../../usecases/remediate/run.ts";
import { failureText } from "../answer-why.ts";
import type { Log } from "../bolt-logger.ts";
import type { DialogValue } from "./button-value.ts";
import { changeDialog } from "./dialogs.ts";
import { followInThread } from "./follow.ts";

export interface Submission {
  readonly client: WebClient;
  readonly view: string;
  readonly dialog: DialogValue;
  readonly person: Person;
}

const title = "Fix…";
export const confirmingDialog = noteDialog(title, "Confirming…");

/** Takes the confirmation and runs the fix to its end; the dialog says what became of it. */
export async function submit(submission: Submission, world: FixWorld, log: Log): Promise<void> {
  const { client, person, dialog } = submission;
  const taken = await confirm(dialog, person, world).catch(async (thrown: unknown) => {
    await say(submission, `${failureText(thrown)} Nothing was changed on the node.`, [], log);
    throw thrown;
  });
  if (!taken.ok) {
    await refuse(submission, taken.problem, log);
    return;
  }
  const follower = followInThread(client, log);
  follower.tell(taken.value.remediation);
  await Promise.all([
    say(submission, confirmedText(taken.value), [], log),
    runFix(taken.value, person, world, follower.tell, follower.end),
  ]);
}

function confirmedText({ remediation: { _id, node } }: Confirmed): string {
  return `Confirmed: ${_id} on ${node}. It is under way; follow it in the thread.`;
}

async function refuse(submission: Submission, { says, next, people }: NotConfirmed, log: Log): Promise<void> {
  await say(submission, `${says} ${next} Nothing was changed by this confirmation.`, people, log);
}

async function say({ client, view }: Submission, words: string, people: readonly string[], log: Log): Promise<void> {
  await changeDialog(client, view, noteDialog(title, words, people)).catch((thrown: unknown) =>
    log.error({ error: messageOf(thrown) }, "a dialog was not changed"),
  );
}
