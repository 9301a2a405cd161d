import type { OpenView } from "../state/views.ts";
import type { World } from "../state/world.ts";
import type { BlockOf } from "../validate/blocks.ts";
import { channelChoices, peopleChoices } from "./message.ts";
import { type Place, placeFields } from "./place.ts";
import { renderBlocks } from "./render/blocks.ts";
import { renderButton, renderControl } from "./render/elements.ts";
import { escapeHtml, escapeLines, hidden } from "./render/html.ts";
import { namesFrom } from "./render/names.ts";

/** The name under which a field of a dialog is sent: block and action, so that equal action ids in two blocks stay apart. */
export function fieldName(blockId: string, actionId: string): string {
  return `field:${JSON.stringify([blockId, actionId])}`;
}

/** The topmost dialog as a form; the script makes it modal, which keeps the keyboard inside. */
export function renderDialog(world: World, place: Place, open: OpenView): string {
  const { view } = open;
  const title = escapeHtml(view.title.text);
  const blocks = renderBlocks(view.blocks, {
    names: namesFrom(world.workspace),
    element: (element, blockId) => {
      const press = JSON.stringify([blockId, element.action_id ?? ""]);
      const wiring = { name: "press", press, id: `${open.id}-${press}` };
      if (element.type === "button") return renderButton(element, wiring);
      return renderControl(
        element,
        { ...wiring, name: fieldName(blockId, element.action_id ?? "") },
        peopleChoices(world),
        channelChoices(world),
      );
    },
    input: (block) => renderInput(world, open, block),
  });
  const general = open.errors[""];
  const problem = general ? `<p class="error" role="alert">${escapeHtml(general)}</p>` : "";
  const submit = view.submit ? `<button class="button primary">${escapeHtml(view.submit.text)}</button>` : "";
  const common = { ...placeFields(place), view_id: open.id };
  const closing = `form="close-${open.id}"`;
  return `<form id="close-${open.id}" method="post" action="/do">${hidden({ gesture: "close", ...common })}</form>
<form method="post" action="/do" class="dialog" aria-labelledby="title-${open.id}">${view.submit ? enterSubmits : ""}
<header><h2 id="title-${open.id}">${title}</h2><button class="close" ${closing} aria-label="Close">×</button></header>
<div class="fields-area">${hidden({ gesture: "submit", ...common })}${problem}${blocks}</div>
<footer><button class="button" ${closing}>${escapeHtml(view.close?.text ?? "Cancel")}</button>${submit}</footer></form>`;
}

/** The Enter key presses a form's first button; it must not be one of the buttons between the fields. */
const enterSubmits = '<button class="unseen" tabindex="-1" aria-hidden="true"></button>';

function renderInput(world: World, open: OpenView, block: BlockOf<"input">): string {
  const blockId = block.block_id ?? "";
  const id = `${open.id}-${blockId}`;
  const error = open.errors[blockId];
  const notes = [
    block.hint ? `<small>${escapeLines(block.hint.text)}</small>` : "",
    error ? `<span class="error" role="alert">${escapeHtml(error)}</span>` : "",
  ].join("");
  const wiring = {
    name: fieldName(blockId, block.element.action_id ?? ""),
    press: "",
    id,
    describedBy: notes ? `${id}-notes` : undefined,
    required: !block.optional,
  };
  const control = renderControl(block.element, wiring, peopleChoices(world), channelChoices(world));
  const label = `${escapeHtml(block.label.text)}${block.optional ? " <small>(optional)</small>" : ""}`;
  const grouped = block.element.type === "checkboxes" || block.element.type === "radio_buttons";
  const named = grouped
    ? `<fieldset><legend>${label}</legend>${control}</fieldset>`
    : `<label for="${escapeHtml(id)}">${label}</label>${control}`;
  return `${named}<div class="notes" id="${escapeHtml(id)}-notes">${notes}</div>`;
}
