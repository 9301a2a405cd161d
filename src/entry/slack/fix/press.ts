import type { WebClient } from "@slack/web-api";
import { noteDialog, proposalDialog } from "../../../present/blocks/fix.ts";
import { cancel } from "../../../usecases/remediate/confirm.ts";
import type { FixWorld, Person } from "../../../usecases/remediate/ports.ts";
import { propose } from "../../../usecases/remediate/propose.ts";
import { failureText } from "../answer-why.ts";
import { type ButtonValue, writeDialog } from "./button-value.ts";
import { changeDialog, openDialog } from "./dialogs.ts";

/** A press on Fix…, as it came in. */
export interface Press {
  readonly client: WebClient;
  readonly trigger: string;
  readonly button: ButtonValue;
  readonly person: Person;
  readonly place: { readonly team: string; readonly channel: string; readonly thread: string };
}

const title = "Fix…";

/** Opens the dialog at once and fills it in when the node has been looked at again. */
export async function press(pressed: Press, world: FixWorld): Promise<void> {
  const { client, person } = pressed;
  const view = await opened(pressed);
  const may = await person.may();
  if (may !== "allowed") {
    const words = `You may not run fixes here: ${may.why}. Ask somebody who is among the operators.`;
    await changeDialog(client, view, noteDialog(title, words, [person.id]));
    return;
  }
  try {
    await fill(view, pressed, world);
  } catch (thrown) {
    await changeDialog(client, view, noteDialog(title, `${failureText(thrown)} Nothing was changed.`));
    throw thrown;
  }
}

/** A dialog that Slack does not open is said in the thread, to the one who pressed. */
async function opened({ client, trigger, button, person, place }: Press): Promise<string> {
  try {
    return await openDialog(client, trigger, noteDialog(title, `Looking at ${button.node} again…`));
  } catch (thrown) {
    const text = "Slack did not open the dialog. Nothing was changed; press Fix… again.";
    await client.chat.postEphemeral({ channel: place.channel, thread_ts: place.thread, user: person.id, text });
    throw thrown;
  }
}

async function fill(view: string, { client, button, person, place }: Press, world: FixWorld): Promise<void> {
  const wish = { ...button, place: { surface: "slack", ...place } } as const;
  const proposed = await propose(wish, person, world);
  if (!proposed.ok) {
    await changeDialog(client, view, noteDialog(title, proposed.problem));
    return;
  }
  const { remediation, token } = proposed.value;
  const metadata = token === null ? "" : writeDialog({ id: remediation._id, token });
  const shown = await changeDialog(client, view, proposalDialog(proposed.value, metadata));
  if (shown === "gone" && token !== null) await cancel({ id: remediation._id, token }, person, world);
}
