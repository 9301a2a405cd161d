import type { Window } from "../evidence/evidence.ts";
import type { FactValue } from "../facts/fact.ts";
import type { Reader } from "../facts/reader.ts";
import type { Limits } from "./limits.ts";
import type { CloudQuestion, StoredLog } from "./ports.ts";

export type { Limits } from "./limits.ts";

/** How a probe asks. Each is read-only; each question is data until a source carries it out. */
export type Via =
  | { readonly source: "ssh"; readonly argv: Argv; readonly sudo?: boolean }
  | { readonly source: "kubernetes"; readonly path: Path }
  | { readonly source: "kubelet-api"; readonly path: string }
  /** Which pod runs the commands where SSH cannot, and whether it does. */
  | { readonly source: "pod-exec" }
  | { readonly source: "local"; readonly reach: Reach }
  | { readonly source: "cloud"; readonly question: CloudQuestion }
  /** What left the host while it could still speak. */
  | { readonly source: "metrics" }
  | { readonly source: "logs"; readonly of: StoredLog };

/** A fixed argv, or one bound to facts that earlier probes found; null: nothing to ask after all. */
export type Argv = readonly string[] | ((known: Known) => readonly string[] | null);
/** An API path, or one bound to the node's name. */
export type Path = (target: { readonly node: string }) => string;
/** A TCP connection from where node-why runs to the node's address. */
export interface Reach {
  readonly port: number;
  /** `neighbours`: not from here but from two Ready nodes, and only where SSH to this one failed on the way. */
  readonly from?: "neighbours";
}

export type Known = ReadonlyMap<string, FactValue>;

/** One read-only question, its limits, and how its answer is read. One file each, in `probes/`. */
export interface Probe extends Reader {
  /** The question in words, for the progress message and the reference. */
  readonly asks: string;
  readonly via: Via;
  readonly limits: Limits;
  /** Facts the question is built from: it is asked once the probes that provide them have answered. */
  readonly after?: readonly string[];
  /** What a person would type for the same answer, where the probe's own words are too many. */
  readonly byHand?: readonly string[];
  /**
   * What it asks where the past was asked about: the same, or words bound to those hours. Left out: it can only speak
   * of now, and is not asked.
   */
  readonly past?: "the same" | ((window: Window) => readonly string[]);
  /** Lines or whole values that must survive the byte limit: `tail` keeps the newest end of a log. */
  readonly keep?: "head" | "tail";
}

export function defineProbe(probe: Probe): Probe {
  return probe;
}
