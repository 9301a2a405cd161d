import { z } from "zod";
import { validateMessageBlocks, validateView } from "../validate/validate.ts";
import { refused } from "./message-content.ts";
import { type Answer, answer, type Method, method, refuse } from "./method.ts";

const given = z.object({
  blocks: z.unknown().optional(),
  message: z.unknown().optional(),
  view: z.unknown().optional(),
});

/** Exactly one of blocks, message and view; what does not validate comes back with pointers. */
const validate = method(given, (_, args) => {
  const parts = [args.blocks, args.message, args.view].filter((part) => part !== undefined);
  if (parts.length !== 1) return refuse("invalid_arguments");
  if (args.view !== undefined) return checkView(args.view);
  const inMessage = z.object({ blocks: z.unknown() }).safeParse(args.message);
  if (args.message !== undefined && !inMessage.success) return refuse("invalid_message");
  return checkBlocks(args.blocks ?? inMessage.data?.blocks);
});

function checkBlocks(blocks: unknown): Answer {
  const checked = validateMessageBlocks(blocks);
  return checked.ok ? answer() : refused(checked.problem);
}

function checkView(view: unknown): Answer {
  const checked = validateView(view);
  return checked.ok ? answer() : { ...refused(checked.problem), error: "invalid_view" };
}

export const blockMethods: Readonly<Record<string, Method>> = { "blocks.validate": validate };
