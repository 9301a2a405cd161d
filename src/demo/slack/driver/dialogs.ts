import { z } from "zod";
import { OperatorError } from "../../../shared/errors.ts";
import type { Outcome } from "../deliver/delivery.ts";
import { closedPayload, submissionPayload, viewActionPayload } from "../deliver/payloads.ts";
import { type OpenView, viewStackLimit } from "../state/views.ts";
import type { World } from "../state/world.ts";
import { validateView } from "../validate/validate.ts";
import { actionOf, findElement, type Given } from "./choose.ts";
import { type FormValues, fillIn, missingInputs } from "./fill-in.ts";
import { type Desk, send, userNamed } from "./gestures.ts";

export interface ViewGesture {
  /** The dialog; the user's topmost by default. */
  readonly view?: OpenView;
  readonly user?: string;
}

export interface Submission extends ViewGesture {
  readonly values?: FormValues;
}

/** What became of a dialog that was submitted. `incomplete`: Slack's client itself wanted more; nothing was sent. */
export interface SubmissionOutcome {
  readonly result: "closed" | "errors" | "updated" | "pushed" | "cleared" | "incomplete" | "failed";
  readonly errors: Readonly<Record<string, string>>;
  readonly outcome: Outcome | undefined;
}

/** Slack's words in a dialog whose submission was not acknowledged. */
export const trouble = "We had some trouble connecting. Try again?";

/** Fills in and submits. The app's acknowledgement decides what the dialog does next. */
export async function submitView(desk: Desk, gesture: Submission): Promise<SubmissionOutcome> {
  const { world } = desk;
  const view = viewOf(world, gesture);
  const values = fillIn(view.view, gesture.values ?? {});
  const missing = missingInputs(view.view, values);
  if (Object.keys(missing).length > 0) return refuseWith(world, view, "incomplete", missing, undefined);
  const user = userNamed(world, view.user);
  const where = view.view.callback_id ?? "view_submission";
  const outcome = await send(desk, "interactive", where, submissionPayload(world, user, view, values));
  if (!outcome.acknowledged) return refuseWith(world, view, "failed", { "": trouble }, outcome);
  return react(world, view, outcome);
}

const reaction = z.discriminatedUnion("response_action", [
  z.object({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal("update"), view: z.unknown() }),
  z.object({ response_action: z.literal("push"), view: z.unknown() }),
  z.object({ response_action: z.literal("clear") }),
]);

function react(world: World, view: OpenView, outcome: Outcome & { acknowledged: true }): SubmissionOutcome {
  if (outcome.body === undefined) {
    world.views.close(view.id);
    return { result: "closed", errors: {}, outcome };
  }
  const parsed = reaction.safeParse(outcome.body);
  if (!parsed.success) return malformed(world, view, parsed.error.message, outcome);
  const action = parsed.data;
  if (action.response_action === "errors") return refuseWith(world, view, "errors", action.errors, outcome);
  if (action.response_action === "clear") {
    world.views.clear(view.user);
    return { result: "cleared", errors: {}, outcome };
  }
  return showNext(world, view, action, outcome);
}

type Next = Extract<z.infer<typeof reaction>, { view: unknown }>;

function showNext(world: World, view: OpenView, action: Next, outcome: Outcome): SubmissionOutcome {
  const next = validateView(action.view);
  if (!next.ok)
    return malformed(
      world,
      view,
      next.problem.errors.map((one) => `${one.pointer} ${one.message}`).join("; "),
      outcome,
    );
  if (action.response_action === "update") {
    world.views.replace(view.id, next.value);
    return { result: "updated", errors: {}, outcome };
  }
  if (world.views.stackOf(view.user).length >= viewStackLimit)
    return malformed(world, view, "push_limit_reached", outcome);
  world.views.push(view.user, next.value);
  return { result: "pushed", errors: {}, outcome };
}

function malformed(world: World, view: OpenView, detail: string, outcome: Outcome): SubmissionOutcome {
  world.problems.add("malformed_acknowledgement", view.view.callback_id ?? "view_submission", detail);
  return refuseWith(world, view, "failed", { "": trouble }, outcome);
}

function refuseWith(
  world: World,
  view: OpenView,
  result: SubmissionOutcome["result"],
  errors: Readonly<Record<string, string>>,
  outcome: Outcome | undefined,
): SubmissionOutcome {
  world.views.showErrors(view.id, errors);
  return { result, errors, outcome };
}

/** Closes the topmost dialog, or all of them where it says so; the app hears of it only if it asked to. */
export async function closeView(desk: Desk, gesture: ViewGesture): Promise<void> {
  const { world } = desk;
  const top = viewOf(world, gesture);
  const isCleared = top.view.clear_on_close ?? false;
  const closing = isCleared ? world.views.stackOf(top.user) : [top];
  for (const view of closing) world.views.close(view.id);
  const user = userNamed(world, top.user);
  const heard = closing.filter((view) => view.view.notify_on_close);
  await Promise.all(
    heard.map((view) => send(desk, "interactive", "view_closed", closedPayload(world, user, view, isCleared))),
  );
}

export interface ViewClick extends ViewGesture {
  readonly actionId: string;
  readonly blockId?: string;
  readonly choose?: Given;
}

/** Presses a button in a dialog. */
export function clickInView(desk: Desk, gesture: ViewClick): Promise<Outcome> {
  const { world } = desk;
  const view = viewOf(world, gesture);
  const action = actionOf(
    findElement(view.view.blocks, gesture.actionId, gesture.blockId),
    gesture.choose,
    world.ids.ts(),
  );
  const payload = viewActionPayload(world, userNamed(world, view.user), view, fillIn(view.view, {}), action);
  return send(desk, "interactive", gesture.actionId, payload);
}

function viewOf(world: World, { view, user }: ViewGesture): OpenView {
  const open = view ?? world.views.stackOf(userNamed(world, user).id).at(-1);
  if (open) return open;
  throw new OperatorError("no dialog is open", ["wait for it: standin.waitFor(() => standin.views(user)[0])"]);
}
