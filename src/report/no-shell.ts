import { type FactBase, textOf } from "../facts/base.ts";
import type { MissingSource } from "./report.ts";

/** Flavours without a shell cannot be asked by command, which no grant changes. */
export function noShell(base: FactBase): readonly MissingSource[] {
  const detail = textOf(base, "node.noShell");
  if (detail === null) return [];
  return [{ source: "shell", reason: "tool-missing", detail, leavesOpen: [], grant: null }];
}
