import type bolt from "@slack/bolt";
import type { Clock } from "../../../collect/ports.ts";
import type { SlackConfig } from "../../../config/schema.ts";
import { fixButton, fixDialog } from "../../../present/blocks/fix.ts";
import { messageOf } from "../../../shared/errors.ts";
import { cancel } from "../../../usecases/remediate/confirm.ts";
import type { FixWorld } from "../../../usecases/remediate/ports.ts";
import type { Log } from "../bolt-logger.ts";
import { makeOnce, type Once } from "../once.ts";
import { type ButtonValue, readButton, readDialog } from "./button-value.ts";
import { asView } from "./dialogs.ts";
import { slackPerson } from "./may-fix.ts";
import { press } from "./press.ts";
import { confirmingDialog, submit } from "./submit.ts";
import { startSweeping } from "./sweeper.ts";

type App = InstanceType<typeof bolt.App>;

/** What fixes need in Slack. `clock` is only for looking every minute for what was left behind. */
export interface FixPorts {
  readonly world: FixWorld;
  readonly clock: Pick<Clock, "after">;
}

export interface Fixing {
  /** Ends the looking and waits for fixes that are under way. */
  readonly stop: () => Promise<void>;
}

/** What every handler is given. */
interface Desk {
  readonly config: SlackConfig;
  readonly world: FixWorld;
  readonly log: Log;
  readonly once: Once;
  /** Keeps hold of what was acknowledged and is not done yet. */
  readonly work: (what: string, task: Promise<void>) => Promise<void>;
}

/** Buttons, dialogs and confirmations; each is acknowledged first and worked on afterwards. */
export function registerFixes(app: App, config: SlackConfig, { world, clock }: FixPorts, log: Log): Fixing {
  const running = new Set<Promise<void>>();
  const work = async (what: string, task: Promise<void>): Promise<void> => {
    const logged = task.catch((thrown: unknown) => log.error({ error: messageOf(thrown) }, `${what} failed`));
    running.add(logged);
    await logged.finally(() => running.delete(logged));
  };
  const desk: Desk = { config, world, log, once: makeOnce(), work };
  takePresses(app, desk);
  takeSubmissions(app, desk);
  takeCancellations(app, desk);
  const stopSweeping = startSweeping(world, app.client, clock, log);
  return {
    stop: async () => {
      await stopSweeping();
      await Promise.allSettled([...running]);
    },
  };
}

function takePresses(app: App, { config, world, once, work }: Desk): void {
  const opening = new Set<string>();
  const ours = new RegExp(`^${fixButton.replace(".", "\\.")}`);
  app.action({ type: "block_actions", action_id: ours }, async ({ ack, body, action, client }) => {
    await ack();
    const pressed = pressOf(body, action);
    if (pressed === null || !once.first(`press ${body.trigger_id}`)) return;
    const { button, team, channel, thread } = pressed;
    // A double click is one wish: the second press while the dialog is being filled in is dropped.
    const key = [body.user.id, thread, button.action].join(" ");
    if (opening.has(key)) return;
    opening.add(key);
    const person = slackPerson(client, { user: body.user.id, team, channel }, config);
    const place = { team, channel, thread };
    await work("a press on Fix…", press({ client, trigger: body.trigger_id, button, person, place }, world));
    opening.delete(key);
  });
}

function takeSubmissions(app: App, { config, world, log, once, work }: Desk): void {
  app.view(fixDialog, async ({ ack, body, view, client }) => {
    const dialog = readDialog(view.private_metadata);
    if (dialog === null || !once.first(`confirm ${dialog.id} ${body.user.id}`)) {
      await ack();
      return;
    }
    await ack({ response_action: "update", view: asView(confirmingDialog) });
    const person = slackPerson(client, await askerOf(dialog.id, body, world, config), config);
    await work("a confirmation", submit({ client, view: view.id, dialog, person }, world, log));
  });
}

function takeCancellations(app: App, { config, world, work }: Desk): void {
  app.view({ type: "view_closed", callback_id: fixDialog }, async ({ ack, body, view, client }) => {
    await ack();
    const dialog = readDialog(view.private_metadata);
    if (dialog === null) return;
    const asker = { user: body.user.id, team: body.team?.id ?? "", channel: "" };
    await work("a cancellation", cancel(dialog, slackPerson(client, asker, config), world));
  });
}

interface Body {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team?: { readonly id: string } | null;
}

function pressOf(
  body: Body & { readonly channel?: { readonly id: string }; readonly message?: { readonly ts: string } },
  action: unknown,
): { button: ButtonValue; team: string; channel: string; thread: string } | null {
  const button = readButton((action as { readonly value?: unknown }).value);
  const [channel, thread] = [body.channel?.id, body.message?.ts];
  if (button === null || channel === undefined || thread === undefined) return null;
  return { button, team: body.team?.id ?? body.user.team_id ?? "", channel, thread };
}

/** A dialog has no channel of its own: the one where the fix was asked for counts. */
async function askerOf(
  id: string,
  body: Body,
  { store }: FixWorld,
  config: SlackConfig,
): Promise<{ readonly user: string; readonly team: string; readonly channel: string }> {
  const found = await store.get(id).catch(() => undefined); // confirming asks again, and says what is wrong
  const channel = found?.place.channel ?? config.channel ?? "";
  return { user: body.user.id, team: body.team?.id ?? body.user.team_id ?? "", channel };
}
