import { OperatorError } from "../../../shared/errors.ts";
import type { Json } from "../state/wire.ts";
import type { BlockOf } from "../validate/blocks.ts";
import type { ModalView } from "../validate/views.ts";
import { allElements, type Given, stateOf } from "./choose.ts";

/** What a person fills in, by action_id or block_id. */
export type FormValues = Readonly<Record<string, Given>>;

/** `view.state.values` for a dialog: the given values over what its elements start with. */
export function fillIn(view: ModalView, values: FormValues): Json {
  const elements = allElements(view.blocks).filter((found) => found.element.type !== "button");
  refuseUnknown(
    values,
    elements.flatMap((found) => [found.blockId, found.element.action_id ?? ""]),
  );
  const state: Record<string, Record<string, Json>> = {};
  for (const { blockId, element } of elements) {
    const given = values[element.action_id ?? ""] ?? values[blockId];
    state[blockId] = { ...state[blockId], [element.action_id ?? `${blockId}-input`]: stateOf(element, given) };
  }
  return state;
}

function refuseUnknown(values: FormValues, known: readonly string[]): void {
  const stray = Object.keys(values).find((key) => !known.includes(key));
  if (stray !== undefined) throw new OperatorError(`the dialog has no ${stray}`, [`it has: ${known.join(", ")}`]);
}

/** What Slack's own client refuses before anything is sent, by block_id. */
export function missingInputs(view: ModalView, state: Json): Readonly<Record<string, string>> {
  const inputs = view.blocks.filter((block): block is BlockOf<"input"> => block.type === "input");
  const missing = inputs.filter((block) => !block.optional && isEmpty(state[block.block_id ?? ""]));
  return Object.fromEntries(missing.map((block) => [block.block_id ?? "", "Please complete this required field."]));
}

function isEmpty(blockState: unknown): boolean {
  const entries = Object.values((blockState ?? {}) as Record<string, Json>);
  return entries.every(({ type: _, ...value }) =>
    Object.values(value).every((one) => one === null || one === "" || isEmptyList(one)),
  );
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
