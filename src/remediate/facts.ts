import type { FactValue } from "../facts/fact.ts";

/** What is known of the node: the facts of the very evidence that the report was made from. */
export type Facts = ReadonlyMap<string, FactValue>;
