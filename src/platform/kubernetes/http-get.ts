import * as http from "node:http";
import * as https from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import type { Clock } from "../../collect/ports.ts";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";

export type { KubeConfig };

export interface Response {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body went on beyond the limit, and the connection was closed. */
  readonly cut: boolean;
}

export interface GetProblem {
  readonly kind: "credentials" | "timed-out" | "aborted" | "network";
  /** The system's or TLS library's code, where there is one. */
  readonly code: string;
  readonly detail: string;
}

export type HttpGet = (
  path: string,
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
  signal?: AbortSignal,
) => Promise<Result<Response, GetProblem>>;

/**
 * GETs against the current context's server, with its certificates, tokens or credential plugin.
 * Never rejects. node:https rather than the client's own fetch: errors keep their codes, and the
 * body can be stopped at a limit while it flows.
 */
export function httpGetOver(
  config: KubeConfig,
  clock: Clock,
  more: Pick<https.RequestOptions, "checkServerIdentity" | "rejectUnauthorized"> = {},
): HttpGet {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 8, maxFreeSockets: 4, timeout: 60_000 });
  return (path, limits, signal) => {
    const controller = new AbortController();
    return new Promise((resolve) => {
      const settle = (outcome: Result<Response, GetProblem>): void => {
        cancel();
        signal?.removeEventListener("abort", abort);
        resolve(outcome);
        controller.abort(); // after the answer this only ends what still flows
      };
      const stop = (kind: "timed-out" | "aborted", detail: string): void => settle(failed({ kind, code: "", detail }));
      const abort = (): void => stop("aborted", "stopped at the deadline of the whole diagnosis");
      const cancel = clock.after(limits.timeoutMs, () => stop("timed-out", `no answer within ${limits.timeoutMs} ms`));
      signal?.addEventListener("abort", abort, { once: true });
      if (signal?.aborted) return abort();
      void authorised(config, agent).then((options) =>
        options.ok
          ? send(config, path, { ...options.value, ...more }, limits.maxBytes, controller.signal).then(settle)
          : settle(options),
      );
    });
  };
}

async function authorised(config: KubeConfig, agent: https.Agent): Promise<Result<https.RequestOptions, GetProblem>> {
  const options: https.RequestOptions = { headers: {} };
  try {
    await config.applyToHTTPSOptions(options);
  } catch (thrown) {
    return failed({ kind: "credentials", code: "", detail: messageOf(thrown).trim().slice(0, 300) });
  }
  // The client's agent keeps the first certificate for ever; ours picks the connection by the one in the options.
  return ok(config.getCurrentCluster()?.proxyUrl ? options : { ...options, agent });
}

function send(
  config: KubeConfig,
  path: string,
  options: https.RequestOptions,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Result<Response, GetProblem>> {
  return new Promise((resolve) => {
    const problem = (error: NodeJS.ErrnoException): void =>
      resolve(failed({ kind: "network", code: error.code ?? "", detail: error.message }));
    try {
      const url = new URL((config.getCurrentCluster()?.server ?? "") + path);
      const plain = url.protocol === "http:";
      const { agent: _https, ...withoutAgent } = options;
      const headers = { ...options.headers, accept: "application/json, text/plain;q=0.9, */*;q=0.1" };
      const request = plain
        ? http.get(url, { ...withoutAgent, headers, signal })
        : https.get(url, { ...options, headers, signal });
      request.on("error", problem);
      request.on("response", (response) =>
        receive(
          response,
          maxBytes,
          (body, cut) => {
            resolve(ok({ status: response.statusCode ?? 0, headers: response.headers, body, cut }));
          },
          problem,
        ),
      );
    } catch (thrown) {
      problem(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  });
}

function receive(
  response: http.IncomingMessage,
  maxBytes: number,
  done: (body: Buffer, cut: boolean) => void,
  problem: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= maxBytes) return;
    done(Buffer.concat(chunks).subarray(0, maxBytes), true);
    response.destroy();
  });
  response.on("end", () => done(Buffer.concat(chunks), false));
  response.on("error", problem);
}
