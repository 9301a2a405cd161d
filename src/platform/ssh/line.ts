import type { Ended } from "./outcome.ts";

/** One line for a node, however it travels there. */
export interface LineRequest {
  /** The words that start on the node; a transport that sends one line of text quotes them for the login shell. */
  readonly words: readonly string[];
  readonly marker: string;
  /** How long it may take to get as far as the node's shell: sshd refuses while MaxSessions are open and frees them late. */
  readonly openMs: number;
  /** How long the command may run from then on. */
  readonly runMs: number;
  readonly maxBytes: number;
  readonly keep: "head" | "tail";
}

/** Runs one line on the node and tells how that ended. Never rejects. */
export type RunLine = (request: LineRequest, signal: AbortSignal | undefined) => Promise<Ended>;

/** A way to one node that is open. */
export interface Wire {
  readonly run: RunLine;
  /** Ends the connection and every bastion's behind it; nothing of it is left here when it settles. */
  readonly end: () => void | Promise<void>;
}

export function notRun(how: Ended["how"], noise: string): Ended {
  return { how, pid: null, stdout: "", stderr: "", truncated: false, exitCode: null, tookMs: 0, noise };
}
