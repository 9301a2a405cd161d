import type { LineRequest } from "./line.ts";
import type { Ended } from "./outcome.ts";
import { collector, gate } from "./output.ts";

/** What one command says, taken in as it flows and never beyond its limits. */
export interface Reading {
  readonly takeOut: (chunk: Buffer) => void;
  readonly takeErr: (chunk: Buffer) => void;
  /** The command has started. */
  readonly started: () => boolean;
  /** More came than is worth reading on for. */
  readonly flooded: () => boolean;
  readonly ended: (how: Ended["how"], exitCode: number | null, tookMs: number) => Ended;
}

/** The newest end of a log is worth reading this many times the limit for; then it is a flood. */
const tailFactor = 16;
const mostStderr = 64 * 1024;

export function reading({ maxBytes, keep, marker }: Pick<LineRequest, "maxBytes" | "keep" | "marker">): Reading {
  const [out, err] = [collector(maxBytes, keep), collector(Math.min(maxBytes, mostStderr), "head")];
  const [start, errStart] = [gate(marker), gate(marker)];
  const most = keep === "head" ? maxBytes : maxBytes * tailFactor;
  const mostNoise = Math.max(most, mostStderr);
  let noise = 0;
  const takeOut = (chunk: Buffer): void => {
    if (start.pid() === null) noise += chunk.length;
    out.add(start.pass(chunk));
  };
  const takeErr = (chunk: Buffer): void => {
    if (errStart.pid() === null) noise += chunk.length;
    err.add(errStart.pass(chunk));
  };
  /** A shell that never came to the marker has its whole say; one that did has said it before the command. */
  const stderr = (): { text: string; truncated: boolean } =>
    errStart.pid() === null ? { text: errStart.before(), truncated: false } : err.text();
  return {
    takeOut,
    takeErr,
    started: () => start.pid() !== null,
    flooded: () => out.seen() + err.seen() > most || noise > mostNoise,
    ended: (how, exitCode, tookMs) => {
      const [said, complained] = [out.text(), stderr()];
      const truncated = said.truncated || complained.truncated || how === "flooded";
      const [pid, before] = [start.pid(), start.before()];
      return { how, pid, stdout: said.text, stderr: complained.text, truncated, exitCode, tookMs, noise: before };
    },
  };
}
