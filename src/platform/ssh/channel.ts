import type { Client, ClientChannel } from "ssh2";
import type { Clock } from "../../collect/ports.ts";
import { messageOf } from "../../shared/errors.ts";
import type { Ended } from "./outcome.ts";
import { type Collector, collector, type Gate, gate } from "./output.ts";

export interface ChannelRequest {
  readonly line: string;
  readonly marker: string;
  /** How long opening may be retried: sshd refuses while MaxSessions are open and frees them late. */
  readonly openMs: number;
  /** How long the command may run once the channel is open. */
  readonly runMs: number;
  readonly maxBytes: number;
  readonly keep: "head" | "tail";
}

/** The newest end of a log is worth reading this many times the limit for; then it is a flood. */
const tailFactor = 16;
const mostStderr = 64 * 1024;
const firstPauseMs = 20;
const longestPauseMs = 400;

/**
 * Runs one line in a channel of its own and tells how that ended. Never rejects: a timer of our own
 * settles it, because closing a channel neither ends the remote process nor yields an event.
 */
export async function runInChannel(
  client: Client,
  request: ChannelRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  const opened = await openChannel(client, request, clock, signal);
  return typeof opened === "string" ? notRun(opened, signal) : readToEnd(opened, request, clock, signal);
}

function notRun(why: string, signal: AbortSignal | undefined): Ended {
  const how = signal?.aborted ? "aborted" : howNot(why);
  return { how, pid: null, stdout: "", stderr: "", truncated: false, exitCode: null, tookMs: 0, noise: why };
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
  { line, openMs }: ChannelRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<ClientChannel | string> {
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

interface Reading {
  readonly out: Collector;
  readonly err: Collector;
  readonly start: Gate;
}

function readToEnd(
  channel: ClientChannel,
  request: ChannelRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Ended> {
  const { maxBytes, keep, runMs, marker } = request;
  const reading = {
    out: collector(maxBytes, keep),
    err: collector(Math.min(maxBytes, mostStderr), "head"),
    start: gate(marker),
  };
  const began = clock.monotonicMs();
  return new Promise((resolve) => {
    let settled = false;
    const settle = (how: Ended["how"], exitCode: number | null): void => {
      if (settled) return;
      settled = true;
      cancel();
      signal?.removeEventListener("abort", abort);
      if (how !== "exited" && how !== "lost") kill(channel);
      resolve(ended(how, exitCode, clock.monotonicMs() - began, reading));
    };
    const abort = (): void => settle("aborted", null);
    const cancel = clock.after(runMs, () => settle("silent", null));
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    consume(channel, reading, keep === "head" ? maxBytes : maxBytes * tailFactor, settle);
  });
}

function consume(
  channel: ClientChannel,
  { out, err, start }: Reading,
  mostBytes: number,
  settle: (how: Ended["how"], exitCode: number | null) => void,
): void {
  let noise = 0;
  const flooded = (): void => {
    if (out.seen() + err.seen() > mostBytes || noise > mostBytes) settle("flooded", null);
  };
  channel.on("data", (chunk: Buffer) => {
    if (start.pid() === null) noise += chunk.length;
    out.add(start.pass(chunk));
    flooded();
  });
  channel.stderr.on("data", (chunk: Buffer) => {
    err.add(chunk);
    flooded();
  });
  // Not the exit event: a short command's may come in the packet that opened the channel, before anybody listens.
  channel.on("close", (code?: number | null) => settle(code === undefined ? "lost" : "exited", code ?? null));
  channel.on("error", () => settle("lost", null));
}

function ended(how: Ended["how"], exitCode: number | null, tookMs: number, { out, err, start }: Reading): Ended {
  const stdout = out.text();
  const stderr = err.text();
  const truncated = stdout.truncated || stderr.truncated || how === "flooded";
  const [pid, noise] = [start.pid(), start.before()];
  return { how, pid, stdout: stdout.text, stderr: stderr.text, truncated, exitCode, tookMs, noise };
}

/**
 * Ends the process on the node, then the channel; what still flows in is thrown away. sshd takes no
 * signals for root, who has no privilege separation: the session ends the process by its id as well.
 */
function kill(channel: ClientChannel): void {
  channel.on("error", () => undefined); // a reset after this has nobody to tell
  channel.signal("KILL");
  channel.close();
  channel.resume();
  channel.stderr.resume();
}
