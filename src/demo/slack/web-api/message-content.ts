import { z } from "zod";
import { failed, ok, type Result } from "../../../shared/result.ts";
import type { MessageMetadata } from "../state/message.ts";
import type { Block } from "../validate/blocks.ts";
import { limits } from "../validate/text.ts";
import { type Refused, validateMessageBlocks } from "../validate/validate.ts";
import { type Answer, refuse } from "./method.ts";

/** What any message may carry, wherever it comes from: Web API, response URL or acknowledgement. */
export interface MessageContent {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: MessageMetadata;
}

export const contentFields = {
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  metadata: z.unknown().optional(),
  mrkdwn: z.unknown().optional(),
};

const content = z.object(contentFields);
const metadata = z.object({ event_type: z.string().min(1), event_payload: z.record(z.string(), z.unknown()) });

/** Checks text, blocks and metadata against Slack's limits. `maxText` is in characters. */
export function readContent(given: z.infer<typeof content>, maxText: number): Result<MessageContent, Answer> {
  const text = given.text ?? "";
  if (text.length > maxText) return failed(refuse("msg_too_long"));
  const blocks = given.blocks === undefined ? ok([]) : validateMessageBlocks(given.blocks);
  if (!blocks.ok) return failed(refused(blocks.problem));
  if (text === "" && blocks.value.length === 0 && given.attachments === undefined) return failed(refuse("no_text"));
  return withMetadata({ text, blocks: blocks.value }, given.metadata);
}

export const postLimit = limits.postText;

function withMetadata(base: MessageContent, given: unknown): Result<MessageContent, Answer> {
  if (given === undefined) return ok(base);
  const parsed = metadata.safeParse(given);
  if (!parsed.success) return failed(refuse("invalid_metadata_format"));
  if (JSON.stringify(parsed.data).length > 16_000) return failed(refuse("metadata_too_large"));
  return ok({ ...base, metadata: parsed.data });
}

/** Slack's refusal of blocks: the code, and where and why in its response metadata. */
export function refused(problem: Refused): Answer {
  const messages = problem.errors.map((error) => `[ERROR] ${error.message} [json-pointer:${error.pointer}]`);
  return refuse(problem.error, { errors: problem.errors, response_metadata: { messages } });
}

/** Blocks without text leave notifications and screen readers with nothing to say. */
export function lacksFallback(given: MessageContent): boolean {
  return given.text.trim() === "" && given.blocks.length > 0;
}
