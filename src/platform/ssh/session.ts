import { randomBytes } from "node:crypto";
import type { Clock, Command, SshSession } from "../../collect/ports.ts";
import { type Answer, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { aliveWords, commandWords, type Ends, killWords, nodeSeconds, stuckWords, type Wrap } from "./command-line.ts";
import type { Wire } from "./line.ts";
import { answerOf, type Ended, lacksNodeTimeout } from "./outcome.ts";
import { slots } from "./slots.ts";
import { stuckOf } from "./stuck.ts";

/** The node's own `timeout` needs one second to kill after it has asked politely; then we stop waiting. */
const graceMs = 1_500;
/** For what the session itself asks: is the node still there, end that process. */
const shortMs = 1_000;
/** A session that was refused for so long waits for one of our own to end. */
const mostOpenMs = 3_000;
/** What has been killed is given so long to go before it counts as stuck. */
const dyingMs = 400;

export interface SessionOptions {
  readonly user: string;
  readonly ends: Ends;
  /** How long opening may take where that is not sshd's matter but a tool's. */
  readonly openMs?: number;
  /** A command was killed and is still there, in state D, under these process ids. */
  readonly onStuck?: (command: Command, pids: readonly number[], bootId: string) => void;
}

interface Asking {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly options: SessionOptions;
  readonly marker: string;
}

/** A session over a wire that is open. */
export function sshSession(wire: Wire, options: SessionOptions, clock: Clock): SshSession {
  const asking: Asking = { wire, clock, options, marker: `node-why-${randomBytes(6).toString("hex")}` };
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const sweeping = new Set<Promise<unknown>>();
  const room = slots();
  let nodeTimeout = true;

  const sweep = (ended: Ended, command: Command): Promise<readonly number[]> => {
    const swept = sweptAway(asking, ended, command).finally(() => sweeping.delete(swept));
    sweeping.add(swept);
    return swept;
  };
  /** Refused while others of ours are open: MaxSessions is small, so it waits for one of them. */
  const inTurn = async (command: Command, wrap: Wrap, signal: AbortSignal): Promise<Ended> => {
    for (;;) {
      await room.take();
      const ended = await attempt(asking, command, wrap, signal);
      const again = ended.how === "not-opened" && room.refused() && !signal.aborted;
      room.give();
      if (!again) return ended;
    }
  };
  const ask = async (command: Command, signal: AbortSignal): Promise<Answer> => {
    const wrap = { marker: asking.marker, user: options.user, nodeTimeout, ends: options.ends };
    const ended = await inTurn(command, wrap, signal);
    if (wrap.nodeTimeout && lacksNodeTimeout(ended)) {
      nodeTimeout = false;
      return ask(command, signal);
    }
    const answer = answerOf(ended, command, wrap);
    const hung = answer.kind === "unavailable" && answer.reason === "hung";
    const swept = isOver(ended) && !hung ? [] : sweep(ended, command);
    if (!hung) return answer;
    // Silence is only proof of a hang while the node still answers something else.
    if (ended.how === "silent" && !(await order(asking, aliveWords(asking.marker), signal)).ran) {
      return unavailable("timed-out", "the connection went silent while the command ran");
    }
    return stuckOr(answer, await swept);
  };

  const run: SshSession["run"] = (command, signal) => {
    const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const answered = ask(command, stop)
      .catch((thrown: unknown) => unavailable("not-asked", messageOf(thrown)))
      .finally(() => running.delete(answered));
    running.add(answered);
    return answered;
  };
  /** What still runs is stopped, and what was stopped is killed on the node, before the connection ends. */
  const close = async (): Promise<void> => {
    closing.abort();
    await Promise.allSettled(running);
    await Promise.allSettled(sweeping);
    await wire.end();
  };
  return { run, close: () => void close() };
}

const isOver = ({ how, pid }: Ended): boolean => pid === null || pid < 2 || how === "exited" || how === "lost";

function stuckOr(answer: Answer, pids: readonly number[]): Answer {
  if (pids.length === 0 || answer.kind !== "unavailable") return answer;
  const where = `process ${pids.join(", ")} sits in the kernel (state D), where nothing can end it`;
  return { ...answer, detail: `${answer.detail}; ${where}; not asked again in this boot` };
}

async function attempt(asking: Asking, command: Command, wrap: Wrap, signal: AbortSignal): Promise<Ended> {
  const { limits, keep } = command;
  const request = {
    words: commandWords(command, wrap),
    marker: wrap.marker,
    openMs: asking.options.openMs ?? Math.min(limits.timeoutMs, mostOpenMs),
    runMs: nodeSeconds(limits.timeoutMs) * 1000 + graceMs,
    maxBytes: limits.maxBytes,
    keep,
  };
  return asking.wire.run(request, signal);
}

/** A line of the session's own: whether the node ran it, and what it said. */
async function order(
  { wire, marker, options }: Asking,
  words: readonly string[],
  signal?: AbortSignal,
): Promise<{ readonly ran: boolean; readonly said: string }> {
  const limits = { openMs: options.openMs ?? shortMs, runMs: shortMs, maxBytes: 64_000, keep: "head" } as const;
  const { pid, stdout } = await wire.run({ words, marker, ...limits }, signal);
  return { ran: pid !== null, said: stdout };
}

/** Kills what a command has left on the node, and looks for what cannot be killed. */
async function sweptAway(asking: Asking, { pid }: Ended, command: Command): Promise<readonly number[]> {
  if (pid === null || pid < 2) return [];
  const stuck = async () => stuckOf((await order(asking, stuckWords(asking.marker))).said, pid, command);
  if (!(await order(asking, killWords(asking.marker, pid, asking.options.ends))).ran) return [];
  if ((await stuck()).pids.length === 0) return [];
  await new Promise<void>((resolve) => void asking.clock.after(dyingMs, resolve));
  const { pids, bootId } = await stuck();
  if (pids.length > 0) asking.options.onStuck?.(command, pids, bootId);
  return pids;
}
