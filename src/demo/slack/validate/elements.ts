import { z } from "zod";
import { anyText, identifier, limits, plainText, url } from "./text.ts";

/** Interactive elements: what people press, choose and type into. */

const confirm = z.strictObject({
  title: plainText(100).optional(),
  text: anyText(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: z.enum(["primary", "danger"]).optional(),
});

const option = z.strictObject({
  text: plainText(limits.optionText),
  value: z.string().min(1).max(limits.optionValue).optional(),
  description: plainText(limits.optionText).optional(),
  url: url.optional(),
});

/** Checkboxes and radio buttons may format their options. */
const richOption = option.extend({
  text: anyText(limits.optionText),
  description: anyText(limits.optionText).optional(),
});

const optionGroup = z.strictObject({
  label: plainText(limits.optionText),
  options: z.array(option).max(limits.options),
});

const actionable = { action_id: identifier.optional() };
const confirmable = { ...actionable, confirm: confirm.optional() };
const focusable = { focus_on_load: z.boolean().optional() };
const field = { ...actionable, ...focusable, placeholder: plainText(limits.placeholder).optional() };
const select = { ...field, confirm: confirm.optional() };
const several = { ...select, max_selected_items: z.number().int().min(1).optional() };
const typed = {
  ...field,
  dispatch_action_config: z.strictObject({ trigger_actions_on: z.array(z.string()) }).optional(),
};

const choices = {
  options: z.array(option).min(1).max(limits.options).optional(),
  option_groups: z.array(optionGroup).min(1).max(limits.options).optional(),
};
const fewChoices = z.array(richOption).min(1).max(limits.choiceOptions);

export const button = z.strictObject({
  type: z.literal("button"),
  ...confirmable,
  text: plainText(limits.buttonText),
  value: z.string().max(limits.buttonValue).optional(),
  url: url.optional(),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: z.string().max(75).optional(),
});

const pickers = [
  z.strictObject({ type: z.literal("static_select"), ...select, ...choices, initial_option: option.optional() }),
  z.strictObject({
    type: z.literal("multi_static_select"),
    ...several,
    ...choices,
    initial_options: z.array(option).optional(),
  }),
  z.strictObject({ type: z.literal("users_select"), ...select, initial_user: z.string().optional() }),
  z.strictObject({ type: z.literal("multi_users_select"), ...several, initial_users: z.array(z.string()).optional() }),
  z.strictObject({
    type: z.literal("channels_select"),
    ...select,
    initial_channel: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal("conversations_select"),
    ...select,
    initial_conversation: z.string().optional(),
    default_to_current_conversation: z.boolean().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal("checkboxes"),
    ...confirmable,
    ...focusable,
    options: fewChoices,
    initial_options: z.array(richOption).optional(),
  }),
  z.strictObject({
    type: z.literal("radio_buttons"),
    ...confirmable,
    ...focusable,
    options: fewChoices,
    initial_option: richOption.optional(),
  }),
  z.strictObject({ type: z.literal("datepicker"), ...select, initial_date: z.iso.date().optional() }),
  z.strictObject({
    type: z.literal("timepicker"),
    ...select,
    initial_time: z
      .string()
      .regex(/^\d\d:\d\d$/)
      .optional(),
    timezone: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal("datetimepicker"),
    ...confirmable,
    ...focusable,
    initial_date_time: z.number().int().optional(),
  }),
] as const;

const overflow = z.strictObject({
  type: z.literal("overflow"),
  ...confirmable,
  options: z.array(option).min(1).max(limits.overflowOptions),
});

const inputs = [
  z.strictObject({
    type: z.literal("plain_text_input"),
    ...typed,
    initial_value: z.string().max(3_000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3_000).optional(),
    max_length: z.number().int().min(1).max(3_000).optional(),
  }),
  z.strictObject({
    type: z.literal("number_input"),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  z.strictObject({ type: z.literal("url_text_input"), ...typed, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal("email_text_input"), ...typed, initial_value: z.string().optional() }),
] as const;

/** What an actions block or a section's side may hold. */
export const actionElement = z.discriminatedUnion("type", [button, overflow, ...pickers]);
/** What an input block may hold. */
export const inputElement = z.discriminatedUnion("type", [...pickers, ...inputs]);

export type Button = z.infer<typeof button>;
export type ActionElement = z.infer<typeof actionElement>;
export type InputElement = z.infer<typeof inputElement>;
export type InteractiveElement = ActionElement | InputElement;
export type Option = z.infer<typeof richOption>;
export type Confirm = z.infer<typeof confirm>;
