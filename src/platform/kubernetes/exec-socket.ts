import type { IncomingMessage } from "node:http";
import WebSocket, { type ClientOptions, type RawData } from "ws";
import { z } from "zod";
import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { type LineRequest, notRun } from "../ssh/line.ts";
import type { Ended } from "../ssh/outcome.ts";
import { reading } from "../ssh/reading.ts";
import { problemAnswer, refusalAnswer } from "./answer.ts";
import type { KubeConfig } from "./http-get.ts";

export interface ExecTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** How it ended; `refusal`: why nothing was run at all. */
export interface Executed {
  readonly ended: Ended;
  readonly refusal: Unavailable | null;
}

/** Runs some words in a container. Never rejects. */
export type RunExec = (target: ExecTarget, request: LineRequest, signal: AbortSignal | undefined) => Promise<Executed>;

/** Channels of the protocols, the first byte of each message. */
const channels = { stdout: 1, stderr: 2, status: 3 } as const;
const protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];
const longestMessage = 1024 * 1024;
const longestBody = 4_000;

/**
 * The API server's exec over a WebSocket, a socket for each command. `ws` itself rather than the client library's Exec,
 * which says nothing of a refusal but its number, knows no limits, and throws on a message it does not know. Standard
 * input stays open until the socket ends: its end is what the lifeline on the node waits for.
 */
export function execOver(config: KubeConfig, clock: Clock): RunExec {
  return async (target, request, signal) => {
    const url = urlOf(config, target, request.words);
    const options: ClientOptions & { headers: Record<string, string> } = { headers: {} };
    try {
      await config.applyToHTTPSOptions(options as never);
    } catch (thrown) {
      return nothing(problemAnswer({ kind: "credentials", code: "", detail: messageOf(thrown).trim().slice(0, 300) }));
    }
    if (signal?.aborted) return { ended: notRun("aborted", ""), refusal: null };
    return overSocket(() => new WebSocket(url, protocols, withLimits(options, config)), request, clock, signal);
  };
}

function withLimits(options: ClientOptions, config: KubeConfig): ClientOptions {
  const { agent, ...rest } = options;
  // The client's agent keeps the first certificate for ever; only a proxy needs it.
  const kept = config.getCurrentCluster()?.proxyUrl && agent !== undefined ? { agent } : {};
  return { ...rest, ...kept, perMessageDeflate: false, maxPayload: longestMessage, followRedirects: false };
}

function urlOf(config: KubeConfig, { namespace, pod, container }: ExecTarget, words: readonly string[]): string {
  const server = (config.getCurrentCluster()?.server ?? "").replace(/^http/, "ws");
  const query = new URLSearchParams({ container, stdin: "true", stdout: "true", stderr: "true", tty: "false" });
  for (const word of words) query.append("command", word);
  return `${server}/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec?${query}`;
}

const nothing = (refusal: Unavailable): Executed => ({ ended: notRun("lost", refusal.detail), refusal });

function overSocket(
  open: () => WebSocket,
  request: LineRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Executed> {
  const said = reading(request);
  const began = clock.monotonicMs();
  return new Promise((resolve) => {
    const socket = open();
    let settled = false;
    const settle = (how: Ended["how"], exitCode: number | null, refusal: Unavailable | null = null): void => {
      if (settled) return;
      settled = true;
      cancel();
      signal?.removeEventListener("abort", abort);
      socket.terminate();
      resolve({ ended: said.ended(how, exitCode, clock.monotonicMs() - began), refusal });
    };
    const abort = (): void => settle("aborted", null);
    let cancel = clock.after(request.openMs, () => settle("silent", null, notOpened(request.openMs)));
    signal?.addEventListener("abort", abort, { once: true });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const problem = { kind: "network", code: error.code ?? "", detail: error.message } as const;
      settle("lost", null, problemAnswer(problem));
    });
    socket.on("unexpected-response", (_, response) => {
      void refusalOf(response).then((refusal) => settle("lost", null, refusal));
    });
    socket.on("open", () => {
      cancel();
      cancel = clock.after(request.runMs, () => settle("silent", null));
    });
    socket.on("message", (data) => {
      const status = take(data, said);
      if (status !== null) settle(status.exitCode === null ? "lost" : "exited", status.exitCode, status.refusal);
      else if (said.flooded()) settle("flooded", null);
    });
    socket.on("close", () => settle("lost", null));
  });
}

function notOpened(ms: number): Unavailable {
  return unavailable("timed-out", `the API server did not open the exec within ${ms} ms`);
}

/** null: the message was output, or nothing that is known. */
function take(data: RawData, said: ReturnType<typeof reading>): Status | null {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
  const body = bytes.subarray(1);
  if (bytes[0] === channels.stdout) said.takeOut(body);
  if (bytes[0] === channels.stderr) said.takeErr(body);
  return bytes[0] === channels.status ? statusOf(body) : null;
}

interface Status {
  /** null: the command was not run, or nobody knows how it ended. */
  readonly exitCode: number | null;
  readonly refusal: Unavailable | null;
}

const statusObject = z.object({
  status: z.string(),
  message: z.string().nullish(),
  reason: z.string().nullish(),
  details: z.object({ causes: z.array(z.object({ reason: z.string().nullish(), message: z.string() })) }).nullish(),
});

/** A metav1.Status: success, an exit code among the causes, or why the kubelet or the runtime ran nothing. */
function statusOf(body: Buffer): Status {
  const parsed = statusObject.safeParse(jsonOf(body)).data;
  if (parsed?.status === "Success") return { exitCode: 0, refusal: null };
  const code = parsed?.details?.causes.find(({ reason }) => reason === "ExitCode")?.message;
  if (code !== undefined && /^\d{1,3}$/.test(code)) return { exitCode: Number(code), refusal: null };
  const detail = (parsed?.message ?? "the exec ended without a status").slice(0, 500);
  return { exitCode: null, refusal: unavailable("refused", detail) };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null; // then there is no status in it
  }
}

/** Why the API server did not switch protocols; it explains itself as to any other request. */
async function refusalOf(response: IncomingMessage): Promise<Unavailable> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const body = await new Promise<Buffer>((resolve) => {
    const done = (): void => resolve(Buffer.concat(chunks).subarray(0, longestBody));
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > longestBody) done();
    });
    response.on("close", done).on("error", done);
  });
  const { statusCode = 0, headers } = response;
  const answer = refusalAnswer({ status: statusCode, headers, body, cut: false }, "/exec");
  if (answer?.kind === "unavailable") return answer;
  return unavailable("refused", `${statusCode}: ${answer?.kind === "absent" ? answer.detail : "no exec"}`);
}
