import type { Client, ClientChannel } from "ssh2";
import type { Clock } from "../../collect/ports.ts";
import { messageOf } from "../../shared/errors.ts";
import { shellLine } from "./command-line.ts";
import { type LineRequest, notRun } from "./line.ts";
import type { Ended } from "./outcome.ts";
import { type Reading, reading } from "./reading.ts";

const firstPauseMs = 20;
const longestPauseMs = 400;

/**
 * Runs one line in a channel of its own and tells how that ended. Never rejects: a timer of our own
 * settles it, because closing a channel neither ends the remote process nor yields an event.
 */
export async function runInChannel(
  client: Client,
  request: LineRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  const opened = await openChannel(client, request, clock, signal);
  if (typeof opened !== "string") return readToEnd(opened, request, clock, signal);
  return notRun(signal?.aborted ? "aborted" : howNot(opened), opened);
}

const openFailure = "(SSH) Channel open failure";
const noAnswer = "no answer to opening a session";

function howNot(why: string): Ended["how"] {
  if (why === noAnswer) return "silent";
  return why.startsWith(openFailure) ? "not-opened" : "lost";
}

/** The channel, or why there is none. */
async function openChannel(
  client: Client,
  { words, openMs }: LineRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<ClientChannel | string> {
  const line = shellLine(words);
  const began = clock.monotonicMs();
  let refusal: string | undefined;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const left = openMs - (clock.monotonicMs() - began);
    const opened = await tryOpen(client, line, left, clock, signal);
    const refused = typeof opened === "string" && opened.startsWith(openFailure);
    if (opened === noAnswer && refusal !== undefined) return refusal;
    if (!refused || signal?.aborted || left <= pause) return opened;
    refusal = opened;
    await new Promise<void>((resolve) => void clock.after(pause, resolve));
  }
}

function tryOpen(
  client: Client,
  line: string,
  ms: number,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<ClientChannel | string> {
  return new Promise((resolve) => {
    let waiting = true;
    const settle = (outcome: ClientChannel | string): void => {
      if (!waiting && typeof outcome !== "string") kill(outcome); // it came after we had given up
      waiting = false;
      cancel();
      signal?.removeEventListener("abort", abort);
      resolve(outcome);
    };
    const abort = (): void => settle("aborted");
    const cancel = clock.after(ms, () => settle(noAnswer));
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) return abort();
    try {
      client.exec(line, (error, channel) => settle(error ? messageOf(error) : channel));
    } catch (thrown) {
      settle(messageOf(thrown)); // ssh2 throws "Not connected" at once
    }
  });
}

function readToEnd(
  channel: ClientChannel,
  request: LineRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  const said = reading(request);
  const began = clock.monotonicMs();
  return new Promise((resolve) => {
    let settled = false;
    const settle = (how: Ended["how"], exitCode: number | null): void => {
      if (settled) return;
      settled = true;
      cancel();
      signal?.removeEventListener("abort", abort);
      if (how !== "exited" && how !== "lost") kill(channel);
      resolve(said.ended(how, exitCode, clock.monotonicMs() - began));
    };
    const abort = (): void => settle("aborted", null);
    const cancel = clock.after(request.runMs, () => settle("silent", null));
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    consume(channel, said, settle);
  });
}

function consume(
  channel: ClientChannel,
  said: Reading,
  settle: (how: Ended["how"], exitCode: number | null) => void,
): void {
  channel.on("data", (chunk: Buffer) => {
    said.takeOut(chunk);
    if (said.flooded()) settle("flooded", null);
  });
  channel.stderr.on("data", (chunk: Buffer) => {
    said.takeErr(chunk);
    if (said.flooded()) settle("flooded", null);
  });
  // Not the exit event: a short command's may come in the packet that opened the channel, before anybody listens.
  channel.on("close", (code?: number | null) => settle(code === undefined ? "lost" : "exited", code ?? null));
  channel.on("error", () => settle("lost", null));
}

/**
 * Ends the process on the node, then the channel; what still flows in is thrown away. sshd takes no
 * signals for root, who has no privilege separation: the lifeline ends the process as the channel closes, and the
 * session ends it by its id as well.
 */
function kill(channel: ClientChannel): void {
  channel.on("error", () => undefined); // a reset after this has nobody to tell
  channel.signal("KILL");
  channel.close();
  channel.resume();
  channel.stderr.resume();
}
