import { z } from "zod";
import { chartFields } from "./charts.ts";
import { actionElement, inputElement } from "./elements.ts";
import { richTextFields } from "./rich-text.ts";
import { anyText, identifier, limits, plainText, url } from "./text.ts";

/** The blocks that the stand-in knows; Slack has more, and the stand-in refuses those rather than guess. */

const id = { block_id: identifier.optional() };

const pictureOf = {
  type: z.literal("image"),
  alt_text: z.string().min(1).max(limits.altText),
  image_url: url.optional(),
  slack_file: z.strictObject({ id: z.string().optional(), url: z.string().optional() }).optional(),
};
const hasOneSource = (image: { image_url?: unknown; slack_file?: unknown }): boolean =>
  (image.image_url === undefined) !== (image.slack_file === undefined);
const oneSource = { message: "exactly one of image_url and slack_file is needed" };

const imageElement = z.strictObject(pictureOf).refine(hasOneSource, oneSource);
const imageBlock = z
  .strictObject({ ...id, ...pictureOf, title: plainText(2_000).optional() })
  .refine(hasOneSource, oneSource);

const section = z
  .strictObject({
    type: z.literal("section"),
    ...id,
    text: anyText(limits.sectionText).optional(),
    fields: z.array(anyText(limits.fieldText)).min(1).max(limits.sectionFields).optional(),
    accessory: z.discriminatedUnion("type", [...actionElement.options, imageElement]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, { message: "text or fields is needed" });

const contextElement = z.discriminatedUnion("type", [...anyText(limits.sectionText).options, imageElement]);

const tableCell = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("raw_text"), text: z.string().min(1) }),
  z.strictObject({ type: z.literal("raw_number"), value: z.number(), text: z.string() }),
  z.strictObject(richTextFields),
]);

const table = z.strictObject({
  type: z.literal("table"),
  ...id,
  rows: z.array(z.array(tableCell).min(1).max(limits.tableColumns)).min(1).max(limits.tableRows),
  column_settings: z
    .array(
      z
        .strictObject({ align: z.enum(["left", "center", "right"]).optional(), is_wrapped: z.boolean().optional() })
        .nullable(),
    )
    .max(limits.tableColumns)
    .optional(),
});

export const block = z.discriminatedUnion("type", [
  section,
  z.strictObject({ type: z.literal("header"), ...id, text: plainText(limits.headerText) }),
  z.strictObject({ type: z.literal("divider"), ...id }),
  z.strictObject({
    type: z.literal("context"),
    ...id,
    elements: z.array(contextElement).min(1).max(limits.contextElements),
  }),
  z.strictObject({
    type: z.literal("actions"),
    ...id,
    elements: z.array(actionElement).min(1).max(limits.actionsElements),
  }),
  z.strictObject({
    type: z.literal("input"),
    ...id,
    label: plainText(limits.inputLabel),
    element: inputElement,
    hint: plainText(limits.inputLabel).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal("markdown"), ...id, text: z.string().min(1).max(limits.markdownText) }),
  z.strictObject({ ...richTextFields, ...id }),
  z.strictObject({ ...chartFields, ...id }),
  imageBlock,
  table,
]);

export type Block = z.infer<typeof block>;
export type BlockOf<Type extends Block["type"]> = Extract<Block, { type: Type }>;
