import * as http from "node:http";
import * as https from "node:https";
import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, type UnavailableReason, unavailable } from "../../evidence/evidence.ts";
import { failed, ok, type Result } from "../../shared/result.ts";

/** One question to somebody outside the cluster. Redirects are not followed: a credential goes to one host only. */
export interface Request {
  readonly url: URL;
  readonly method?: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** PEM of who signed the server's certificate, where that is none of the public ones. */
  readonly ca?: string;
}

export interface Bounds {
  readonly maxBytes: number;
  /** Which end of a body beyond the limit is kept; of a tail at most 4 MiB are read. */
  readonly keep?: "head" | "tail";
}

export interface Response {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly cut: boolean;
}

export type HttpAsk = (request: Request, bounds: Bounds, signal: AbortSignal) => Promise<Result<Response, Unavailable>>;

const longestTail = 4 * 1024 * 1024;

const reasons: Readonly<Record<string, UnavailableReason>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed-out",
  ECONNRESET: "cut-off",
  EPIPE: "cut-off",
};

/** Never rejects; ends when the signal does. */
export const httpAsk: HttpAsk = ({ url, method = "GET", headers, body, ca }, bounds, signal) =>
  new Promise((resolve) => {
    const problem = (error: NodeJS.ErrnoException): void => resolve(failed(problemOf(error, url, signal)));
    try {
      const options = { method, headers: { ...headers }, signal };
      const request =
        url.protocol === "https:"
          ? https.request(url, { ...options, ...(ca === undefined ? {} : { ca }) })
          : http.request(url, options);
      request.on("error", problem);
      request.on("response", (response) => receive(response, bounds, (answer) => resolve(ok(answer)), problem));
      request.end(body);
    } catch (thrown) {
      problem(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  });

function problemOf(error: NodeJS.ErrnoException, { host }: URL, signal: AbortSignal): Unavailable {
  const code = error.code ?? "";
  if (signal.aborted) return unavailable("timed-out", `${host} did not answer in time`);
  if (/CERT|ERR_TLS|ERR_SSL|ISSUER|SIGNATURE|SELF_SIGNED|^EPROTO$/.test(code)) {
    return unavailable("unreadable", `TLS with ${host}: ${code}: ${error.message}`, "check the address and caFile");
  }
  return unavailable(reasons[code] ?? "unreachable", `${host}: ${code || "no connection"}: ${error.message}`);
}

function receive(
  response: http.IncomingMessage,
  { maxBytes, keep = "head" }: Bounds,
  done: (response: Response) => void,
  problem: (error: Error) => void,
): void {
  const most = keep === "tail" ? Math.max(longestTail, maxBytes) : maxBytes;
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = (): void => {
    const all = Buffer.concat(chunks).subarray(0, most);
    const kept = keep === "tail" ? all.subarray(Math.max(0, all.length - maxBytes)) : all.subarray(0, maxBytes);
    const { statusCode: status = 0, headers } = response;
    done({ status, headers, text: kept.toString("utf8"), cut: bytes > kept.length });
  };
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= most) return;
    finish();
    response.destroy();
  });
  response.on("end", finish);
  response.on("error", problem);
}

/** A signal that ends after so many milliseconds or with the other; `done` takes the clock back. */
export function deadline(
  clock: Clock,
  ms: number,
  signal?: AbortSignal,
): { readonly signal: AbortSignal; readonly done: () => void } {
  const own = new AbortController();
  const done = clock.after(ms, () => own.abort());
  return { signal: signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]), done };
}
