import { z } from "zod";
import type { Outcome } from "../deliver/delivery.ts";
import type { Given } from "../driver/choose.ts";
import { clickInView, closeView, submitView } from "../driver/dialogs.ts";
import type { FormValues } from "../driver/fill-in.ts";
import { click, type Desk, mention, say, slash } from "../driver/gestures.ts";
import type { OpenView } from "../state/views.ts";
import type { Place } from "./place.ts";

/** What the page's forms send, turned into what a person does. */

const pressed = z.tuple([z.string(), z.string()]);

/** Does it, and returns what the person should be told: nothing where all went well. */
export async function perform(desk: Desk, place: Place, form: URLSearchParams): Promise<string | undefined> {
  const press = form.get("press");
  if (press !== null) return pressInView(desk, place, form, press);
  switch (form.get("gesture")) {
    case "write":
      return write(desk, place, (form.get("text") ?? "").trim());
    case "click":
      return clickMessage(desk, place, form);
    case "submit":
      return submit(desk, place, form);
    case "close":
      await closeView(desk, { user: place.user.id, ...viewIn(desk, form) });
      return undefined;
    default:
      return "That is nothing this page can do.";
  }
}

/** A slash begins a command, the app's name a mention; anything else is said to the others only. */
async function write(desk: Desk, place: Place, typed: string): Promise<string | undefined> {
  const here = { user: place.user.id, channel: place.channel.id };
  const text = encode(typed);
  if (text === "") return undefined;
  const [, command, rest = ""] = /^(\/[a-z][\w-]*)\s*([\s\S]*)$/.exec(text) ?? [];
  if (command) return told(await slash(desk, { ...here, command, text: rest }), command);
  const name = `@${desk.world.workspace.installation.botName}`;
  if (!text.startsWith(name)) {
    say(desk.world, text, here.user, here.channel);
    return undefined;
  }
  return told(await mention(desk, { ...here, text: text.slice(name.length).trim() }), name);
}

/** Slack sends what people type with these three as entities; only it can make references. */
function encode(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

async function clickMessage(desk: Desk, place: Place, form: URLSearchParams): Promise<string | undefined> {
  const message = desk.world.messages.find(form.get("in") ?? "", form.get("ts") ?? "");
  if (message === undefined) return "That message is gone.";
  const chosen = form.getAll("choose").filter(Boolean);
  const actionId = form.get("action_id") ?? "";
  const outcome = await click(desk, {
    message,
    actionId,
    blockId: form.get("block_id") ?? "",
    user: place.user.id,
    ...(chosen.length > 0 ? { choose: chosen } : {}),
  });
  return told(outcome, "The button");
}

async function pressInView(
  desk: Desk,
  place: Place,
  form: URLSearchParams,
  press: string,
): Promise<string | undefined> {
  const [blockId, actionId] = pressed.parse(JSON.parse(press));
  return told(await clickInView(desk, { user: place.user.id, ...viewIn(desk, form), actionId, blockId }), "The button");
}

async function submit(desk: Desk, place: Place, form: URLSearchParams): Promise<string | undefined> {
  const view = viewIn(desk, form);
  if (view.view === undefined) return "That dialog is closed.";
  await submitView(desk, { user: place.user.id, ...view, values: valuesIn(form) });
  return undefined;
}

function viewIn(desk: Desk, form: URLSearchParams): { readonly view?: OpenView } {
  const view = desk.world.views.find(form.get("view_id") ?? "");
  return view ? { view } : {};
}

/** Fields left empty count as not filled in. */
function valuesIn(form: URLSearchParams): FormValues {
  const values: Record<string, Given> = {};
  for (const key of new Set(form.keys())) {
    if (!key.startsWith("field:")) continue;
    const [blockId, actionId] = pressed.parse(JSON.parse(key.slice("field:".length)));
    const given = form.getAll(key).filter(Boolean);
    if (given.length > 0) values[blockId || actionId] = given;
  }
  return values;
}

function told(outcome: Outcome, what: string): string | undefined {
  return outcome.acknowledged ? undefined : `${what} got no answer from the app (${outcome.error}).`;
}
