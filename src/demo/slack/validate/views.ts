import { z } from "zod";
import { block } from "./blocks.ts";
import { checkIdentifiers, complainTo } from "./rules.ts";
import { identifier, limits, plainText } from "./text.ts";

/** A dialog. Slack shows tables in messages only, and wants a submit button where there is something to fill in. */
export const modalView = z
  .strictObject({
    type: z.literal("modal"),
    title: plainText(limits.viewTitle),
    blocks: z.array(block).max(limits.blocksPerView),
    submit: plainText(limits.viewTitle).optional(),
    close: plainText(limits.viewTitle).optional(),
    private_metadata: z.string().max(limits.privateMetadata).optional(),
    callback_id: z.string().max(limits.identifier).optional(),
    external_id: identifier.optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .superRefine((view, context) => {
    const complain = complainTo(context);
    checkIdentifiers(view.blocks, (path, message) => complain(["blocks", ...path], message));
    if (view.submit === undefined && view.blocks.some((one) => one.type === "input")) {
      complain(["submit"], "submit is needed where there is an input block");
    }
    for (const [index, one] of view.blocks.entries()) {
      if (one.type === "table") complain(["blocks", index], "a table is for messages only");
    }
    if (JSON.stringify(view).length > limits.viewBytes) complain([], "view_too_large");
  });

export type ModalView = z.infer<typeof modalView>;
