import { randomBytes } from "node:crypto";
import type { Client } from "ssh2";
import type { Clock, Command, SshSession } from "../../collect/ports.ts";
import { type Answer, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { runInChannel } from "./channel.ts";
import { commandLine, nodeSeconds, type Wrap } from "./command-line.ts";
import { answerOf, type Ended, lacksNodeTimeout } from "./outcome.ts";

/** The node's own `timeout` needs one second to kill after it has asked politely; then we stop waiting. */
const graceMs = 1_500;
const aliveMs = 1_000;

/** A session over a client that has logged in. `close` ends the client and any bastion behind it. */
export function sshSession(client: Client, user: string, clock: Clock, close: () => void): SshSession {
  const marker = `node-why-${randomBytes(6).toString("hex")}`;
  let nodeTimeout = true;

  const attempt = async (command: Command, wrap: Wrap, signal: AbortSignal | undefined): Promise<Ended> => {
    const { limits, keep } = command;
    const runMs = nodeSeconds(limits.timeoutMs) * 1000 + graceMs;
    const request = { line: commandLine(command, wrap), marker, openMs: limits.timeoutMs, runMs, keep };
    return runInChannel(client, { ...request, maxBytes: limits.maxBytes }, clock, signal);
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
    if (ended.how === "silent" && ended.started && !(await answers(client, marker, clock, signal))) {
      return unavailable("timed-out", "the connection went silent while the command ran");
    }
    return answer;
  };

  return {
    run: (command, signal) =>
      ask(command, signal).catch((thrown: unknown) => unavailable("not-asked", messageOf(thrown))),
    close,
  };
}

async function answers(
  client: Client,
  marker: string,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const request = { line: `echo ${marker}`, marker, openMs: aliveMs, runMs: aliveMs, maxBytes: 1_000, keep: "head" };
  const ended = await runInChannel(client, { ...request, keep: "head" }, clock, signal);
  return ended.started;
}
