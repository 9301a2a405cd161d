import { OperatorError } from "../../../shared/errors.ts";
import type { Json } from "../state/wire.ts";
import type { Block } from "../validate/blocks.ts";
import type { InteractiveElement, Option } from "../validate/elements.ts";
import { elementsOf } from "../validate/rules.ts";

/** What a person puts into an element: text, or the value of an option; several where several can be chosen. */
export type Given = string | readonly string[];

export interface Found {
  readonly blockId: string;
  readonly element: InteractiveElement;
}

/** The element a person would press. Pressing what is not there is the caller's mistake. */
export function findElement(blocks: readonly Block[], actionId: string, blockId?: string): Found {
  const found = allElements(blocks).find(
    (one) => one.element.action_id === actionId && (blockId === undefined || one.blockId === blockId),
  );
  if (found) return found;
  const shown = allElements(blocks).map((one) => one.element.action_id);
  throw new OperatorError(`nothing with action_id ${actionId} is shown`, [`shown are: ${shown.join(", ") || "none"}`]);
}

export function allElements(blocks: readonly Block[]): readonly Found[] {
  return blocks.flatMap((block) => elementsOf(block).map((element) => ({ blockId: block.block_id ?? "", element })));
}

/** The `actions[]` entry of a block_actions payload. */
export function actionOf(found: Found, given: Given | undefined, ts: string): Json {
  const { element, blockId } = found;
  const shared = { type: element.type, action_id: element.action_id ?? "", block_id: blockId, action_ts: ts };
  if (element.type === "button") {
    return { ...shared, text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
  }
  return { ...shared, ...stateOf(element, given) };
}

/** An element's entry in `view.state.values`: what was given, else what it started with. */
export function stateOf(element: InteractiveElement, given: Given | undefined): Json {
  return { type: element.type, ...chosen(element, given) };
}

const listOf = (given: Given): readonly string[] => (typeof given === "string" ? [given] : given);
const textOf = (given: Given): string => (typeof given === "string" ? given : (given[0] ?? ""));

function chosen(element: InteractiveElement, given: Given | undefined): Json {
  switch (element.type) {
    case "static_select":
    case "radio_buttons":
    case "overflow":
      return { selected_option: given === undefined ? initialOption(element) : optionWith(element, textOf(given)) };
    case "multi_static_select":
    case "checkboxes":
      return { selected_options: given === undefined ? (element.initial_options ?? []) : optionsWith(element, given) };
    case "multi_users_select":
      return { selected_users: given === undefined ? (element.initial_users ?? []) : listOf(given) };
    default:
      return typed(element, given === undefined ? undefined : textOf(given));
  }
}

function typed(element: InteractiveElement, text: string | undefined): Json {
  if (element.type === "datetimepicker") {
    return { selected_date_time: text === undefined ? (element.initial_date_time ?? null) : Number(text) };
  }
  const [field, initial] = singleField(element);
  return field === undefined ? {} : { [field]: text ?? initial ?? null };
}

/** Where an element with one plain value keeps it, and what it starts with. */
function singleField(element: InteractiveElement): readonly [string?, (string | undefined)?] {
  switch (element.type) {
    case "users_select":
      return ["selected_user", element.initial_user];
    case "channels_select":
      return ["selected_channel", element.initial_channel];
    case "conversations_select":
      return ["selected_conversation", element.initial_conversation];
    case "datepicker":
      return ["selected_date", element.initial_date];
    case "timepicker":
      return ["selected_time", element.initial_time];
    case "plain_text_input":
    case "number_input":
    case "url_text_input":
    case "email_text_input":
      return ["value", element.initial_value];
    default:
      return [];
  }
}

function initialOption(element: InteractiveElement): Option | null {
  return ("initial_option" in element && element.initial_option) || null;
}

export function optionsOf(element: InteractiveElement): readonly Option[] {
  if (!("options" in element) && !("option_groups" in element)) return [];
  const groups = "option_groups" in element ? (element.option_groups ?? []) : [];
  return [...(("options" in element && element.options) || []), ...groups.flatMap((group) => group.options)];
}

function optionsWith(element: InteractiveElement, given: Given): readonly Option[] {
  return listOf(given).map((value) => optionWith(element, value));
}

function optionWith(element: InteractiveElement, value: string): Option {
  const options = optionsOf(element);
  const option = options.find((one) => one.value === value);
  if (option) return option;
  throw new OperatorError(`there is no option ${value}`, [
    `options are: ${options.map((one) => one.value).join(", ")}`,
  ]);
}
