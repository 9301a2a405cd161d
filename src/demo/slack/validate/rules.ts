import type { z } from "zod";
import type { Block } from "./blocks.ts";
import type { InteractiveElement } from "./elements.ts";
import { limits } from "./text.ts";

/** The rules that hold between blocks: what one schema per block cannot see. */

/** Every interactive element of a block, in order. */
export function elementsOf(block: Block): readonly InteractiveElement[] {
  if (block.type === "actions") return block.elements;
  if (block.type === "input") return [block.element];
  if (block.type === "section" && block.accessory && block.accessory.type !== "image") return [block.accessory];
  return [];
}

type Complain = (path: readonly (string | number)[], message: string) => void;

/** A complaint function for a zod refinement. */
export function complainTo(context: z.core.$RefinementCtx): Complain {
  return (path, message) => context.addIssue({ code: "custom", path: [...path], message });
}

export function checkIdentifiers(blocks: readonly Block[], complain: Complain): void {
  const seen = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    if (block.block_id !== undefined && seen.has(block.block_id)) {
      complain([index, "block_id"], `block_id is not unique: ${block.block_id}`);
    }
    if (block.block_id !== undefined) seen.add(block.block_id);
    const actions = elementsOf(block).flatMap((element) => element.action_id ?? []);
    if (new Set(actions).size < actions.length) complain([index], "action_id is not unique within the block");
  }
}

export function checkCounts(blocks: readonly Block[], complain: Complain): void {
  const count = (type: Block["type"]): number => blocks.filter((block) => block.type === type).length;
  if (count("table") > limits.tablesPerMessage) complain([], "only_one_table_allowed");
  if (count("data_visualization") > limits.chartsPerMessage) complain([], "too many data_visualization blocks");
}

/** The length of every text in the blocks together; Slack has an undocumented bound on it. */
export function textLength(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) => sum + (key === "text" && typeof inner === "string" ? inner.length : textLength(inner)),
    0,
  );
}
