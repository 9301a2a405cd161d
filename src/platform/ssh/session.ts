import { randomBytes } from "node:crypto";
import type { Client } from "ssh2";
import type { Clock, Command, SshSession } from "../../collect/ports.ts";
import { type Answer, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { runInChannel } from "./channel.ts";
import { aliveLine, commandLine, killLine, nodeSeconds, type Wrap } from "./command-line.ts";
import { answerOf, type Ended, lacksNodeTimeout } from "./outcome.ts";

/** The node's own `timeout` needs one second to kill after it has asked politely; then we stop waiting. */
const graceMs = 1_500;
/** For what the session itself asks: is the node still there, end that process. */
const shortMs = 1_000;

/** A session over a client that has logged in. `end` ends the client and any bastion behind it. */
export function sshSession(client: Client, user: string, clock: Clock, end: () => void): SshSession {
  const marker = `node-why-${randomBytes(6).toString("hex")}`;
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const killing = new Set<Promise<unknown>>();
  let nodeTimeout = true;

  /** A line of the session's own; tells whether the node ran it. */
  const order = async (line: string, signal?: AbortSignal): Promise<boolean> => {
    const limits = { openMs: shortMs, runMs: shortMs, maxBytes: 1_000, keep: "head" } as const;
    const { pid } = await runInChannel(client, { line, marker, ...limits }, clock, signal);
    return pid !== null;
  };
  const sweep = ({ how, pid }: Ended): void => {
    if (pid === null || pid < 2 || how === "exited" || how === "lost") return;
    const killed = order(killLine(marker, pid)).finally(() => killing.delete(killed));
    killing.add(killed);
  };
  const attempt = async (command: Command, wrap: Wrap, signal: AbortSignal | undefined): Promise<Ended> => {
    const { limits, keep } = command;
    const runMs = nodeSeconds(limits.timeoutMs) * 1000 + graceMs;
    const request = { line: commandLine(command, wrap), marker, openMs: limits.timeoutMs, runMs, keep };
    const ended = await runInChannel(client, { ...request, maxBytes: limits.maxBytes }, clock, signal);
    sweep(ended);
    return ended;
  };
  const ask = async (command: Command, signal: AbortSignal | undefined): Promise<Answer> => {
    const wrap = { marker, user, nodeTimeout };
    const ended = await attempt(command, wrap, signal);
    if (wrap.nodeTimeout && lacksNodeTimeout(ended)) {
      nodeTimeout = false;
      return ask(command, signal);
    }
    const answer = answerOf(ended, command, wrap);
    // Silence is only proof of a hang while the node still answers something else.
    if (ended.how === "silent" && ended.pid !== null && !(await order(aliveLine(marker), signal))) {
      return unavailable("timed-out", "the connection went silent while the command ran");
    }
    return answer;
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
    await Promise.allSettled(killing);
    end();
  };
  return { run, close: () => void close() };
}
