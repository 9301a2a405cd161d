import { optionsOf } from "../../driver/choose.ts";
import type { Confirm, InteractiveElement, Option } from "../../validate/elements.ts";
import type { AnyText } from "../../validate/text.ts";
import { withEmoji } from "./emoji.ts";
import { attributes, escapeHtml } from "./html.ts";

/** Interactive elements as the browser's own controls: they come with keyboard and screen reader support. */

/** How an element reports: a button by its name, a control by its own. */
export interface Wiring {
  /** The `name` of a button's or control's form field. */
  readonly name: string;
  /** The `value` a pressed button sends. */
  readonly press: string;
  readonly id: string;
  readonly describedBy?: string | undefined;
  readonly required?: boolean;
}

type Button = Extract<InteractiveElement, { type: "button" }>;

export function renderButton(element: Button, wiring: Wiring): string {
  const label = escapeHtml(withEmoji(element.text.text));
  const accessible = element.accessibility_label;
  const safe = element.url && /^https?:\/\//.test(element.url) ? element.url : undefined;
  if (safe)
    return `<a class="button"${attributes({ href: safe, "aria-label": accessible })} target="_blank" rel="noreferrer noopener">${label}</a>`;
  const given = {
    type: "submit",
    class: `button ${element.style ?? ""}`.trim(),
    name: wiring.name,
    value: wiring.press,
    "aria-label": accessible,
    ...confirmation(element.confirm),
  };
  return `<button${attributes(given)} formnovalidate>${label}</button>`;
}

/** The script asks first where the element wants it. */
function confirmation(confirm: Confirm | undefined): Record<string, string | undefined> {
  if (confirm === undefined) return {};
  return {
    "data-confirm": confirm.text.text,
    "data-confirm-title": confirm.title?.text,
    "data-confirm-yes": confirm.confirm?.text,
    "data-confirm-no": confirm.deny?.text,
  };
}

export function renderControl(
  element: InteractiveElement,
  wiring: Wiring,
  users: readonly Choice[],
  channels: readonly Choice[],
): string {
  const { name, id, required } = wiring;
  const shared = { name, id, required, "aria-describedby": wiring.describedBy };
  switch (element.type) {
    case "checkboxes":
      return group(element.options, "checkbox", name, valuesOf(element.initial_options));
    case "radio_buttons":
      return group(element.options, "radio", name, valuesOf(element.initial_option && [element.initial_option]));
    case "static_select":
    case "overflow":
      return select(shared, choicesOf(optionsOf(element)), initialOf(element), placeholderOf(element));
    case "multi_static_select":
      return select(
        { ...shared, multiple: true },
        choicesOf(optionsOf(element)),
        valuesOf(element.initial_options),
        undefined,
      );
    case "users_select":
      return select(shared, users, [element.initial_user ?? ""], placeholderOf(element));
    case "multi_users_select":
      return select({ ...shared, multiple: true }, users, element.initial_users ?? [], undefined);
    case "channels_select":
    case "conversations_select":
      return select(shared, channels, [], placeholderOf(element));
    default:
      return renderField(element, shared);
  }
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const inputTypes: Readonly<Record<string, string>> = {
  number_input: "number",
  url_text_input: "url",
  email_text_input: "email",
  datepicker: "date",
  timepicker: "time",
};

function renderField(element: InteractiveElement, shared: Attributes): string {
  const initial = initialText(element);
  const placeholder = placeholderOf(element);
  if (element.type === "plain_text_input") {
    const bounds = { minlength: element.min_length, maxlength: element.max_length };
    return element.multiline
      ? `<textarea rows="4"${attributes({ ...shared, ...bounds, placeholder })}>\n${escapeHtml(initial)}</textarea>`
      : `<input type="text"${attributes({ ...shared, ...bounds, placeholder, value: initial })}>`;
  }
  return `<input${attributes({ type: inputTypes[element.type] ?? "text", ...shared, placeholder, value: initial })}>`;
}

function initialText(element: InteractiveElement): string {
  if ("initial_value" in element) return element.initial_value ?? "";
  if ("initial_date" in element) return element.initial_date ?? "";
  return "initial_time" in element ? (element.initial_time ?? "") : "";
}

function select(
  shared: Attributes,
  choices: readonly Choice[],
  initial: readonly string[],
  placeholder: string | undefined,
): string {
  const options = choices.map(
    ({ value, label }) =>
      `<option${attributes({ value, selected: initial.includes(value) })}>${escapeHtml(label)}</option>`,
  );
  const empty = shared.multiple ? "" : `<option value="">${escapeHtml(placeholder ?? "Choose…")}</option>`;
  return `<select${attributes(shared)}>${empty}${options.join("")}</select>`;
}

function group(options: readonly Option[], type: string, name: string, initial: readonly string[]): string {
  return options
    .map((option) => {
      const value = option.value ?? "";
      const hint = option.description ? `<small>${escapeHtml(option.description.text)}</small>` : "";
      const input = `<input${attributes({ type, name, value, checked: initial.includes(value) })}>`;
      return `<label class="choice">${input}<span>${escapeHtml(withEmoji(option.text.text))}${hint}</span></label>`;
    })
    .join("");
}

const choicesOf = (options: readonly Option[]): readonly Choice[] =>
  options.map((option) => ({ value: option.value ?? "", label: withEmoji(textOf(option.text)) }));
const textOf = (text: AnyText): string => text.text;
const valuesOf = (options: readonly Option[] | undefined): readonly string[] =>
  (options ?? []).map((one) => one.value ?? "");

function initialOf(element: InteractiveElement): readonly string[] {
  return "initial_option" in element && element.initial_option ? valuesOf([element.initial_option]) : [];
}

function placeholderOf(element: InteractiveElement): string | undefined {
  return "placeholder" in element ? element.placeholder?.text : undefined;
}
