import type { FactBase } from "../facts/base.ts";
import type { Values } from "./fill.ts";

/** Facts of one value, by name: a sentence may name any of them, not only those its rule compared. */
export function knownScalars(base: FactBase, node: string | null): Values {
  const known: Record<string, string | number | boolean> = {};
  for (const [name, state] of base.facts) {
    if (state.kind === "value" && typeof state.value !== "object") known[name] = state.value;
  }
  return node === null ? known : { ...known, node };
}
