import { z } from "zod";
import { failed, ok, type Result } from "../../../shared/result.ts";
import { type Block, block } from "./blocks.ts";
import { checkCounts, checkIdentifiers, complainTo, textLength } from "./rules.ts";
import { limits } from "./text.ts";
import { type ModalView, modalView } from "./views.ts";

/** One thing that Slack would refuse, and where. */
export interface BlockError {
  /** A JSON pointer, for example `/blocks/3/text/text`. */
  readonly pointer: string;
  readonly message: string;
}

export interface Refused {
  readonly error: "invalid_blocks" | "msg_blocks_too_long" | "invalid_arguments" | "view_too_large";
  readonly errors: readonly BlockError[];
}

const messageBlocks = z
  .array(block)
  .max(limits.blocksPerMessage)
  .superRefine((blocks, context) => {
    checkIdentifiers(blocks, complainTo(context));
    checkCounts(blocks, complainTo(context));
  });

/** The blocks of a message as Slack would take them, or why it would not. */
export function validateMessageBlocks(value: unknown): Result<readonly Block[], Refused> {
  const parsed = messageBlocks.safeParse(value);
  if (!parsed.success) return failed({ error: "invalid_blocks", errors: errorsIn(parsed.error, "/blocks") });
  if (textLength(parsed.data) > limits.messageBlocksText) {
    return failed({ error: "msg_blocks_too_long", errors: [{ pointer: "/blocks", message: "too much text" }] });
  }
  return ok(parsed.data);
}

/** A dialog as Slack would take it, or why it would not: views.open answers `invalid_arguments`. */
export function validateView(value: unknown): Result<ModalView, Refused> {
  const parsed = modalView.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const errors = errorsIn(parsed.error, "/view");
  const tooLarge = errors.some((error) => error.message === "view_too_large");
  return failed({ error: tooLarge ? "view_too_large" : "invalid_arguments", errors });
}

function errorsIn(error: z.ZodError, root: string): readonly BlockError[] {
  return error.issues.map((issue) => ({
    pointer: [root, ...issue.path.map(String)].join("/"),
    message: issue.message,
  }));
}
