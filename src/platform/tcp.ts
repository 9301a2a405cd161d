import { connect, type Socket } from "node:net";
import type { Clock, LocalReach } from "../collect/ports.ts";
import { unavailable, value } from "../evidence/evidence.ts";
import { failed, ok, type Result } from "../shared/result.ts";

export interface TcpProblem {
  readonly kind: "refused" | "timed-out" | "no-route" | "unresolved" | "failed" | "aborted";
  /** The system's code (ECONNREFUSED), or what was waited for. */
  readonly detail: string;
}

const kinds: Readonly<Record<string, TcpProblem["kind"]>> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed-out",
  EHOSTUNREACH: "no-route",
  ENETUNREACH: "no-route",
  EHOSTDOWN: "no-route",
  ENOTFOUND: "unresolved",
  EAI_AGAIN: "unresolved",
};

/** One TCP connection with Nagle off, or why there is none. Never rejects. */
export function connectTcp(
  { host, port, timeoutMs }: { readonly host: string; readonly port: number; readonly timeoutMs: number },
  clock: Clock,
  signal?: AbortSignal,
): Promise<Result<Socket, TcpProblem>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const settle = (outcome: Result<Socket, TcpProblem>): void => {
      cancel();
      signal?.removeEventListener("abort", abort);
      if (!outcome.ok) socket.destroy();
      resolve(outcome);
    };
    const cancel = clock.after(timeoutMs, () => settle(failed({ kind: "timed-out", detail: `${timeoutMs} ms` })));
    const abort = (): void => settle(failed({ kind: "aborted", detail: "the deadline of the whole diagnosis" }));
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    socket.once("connect", () => settle(ok(socket)));
    // stays for ever: an error on a socket nobody listens to would end the process
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const code = error.code ?? "unknown error";
      settle(failed({ kind: kinds[code] ?? "failed", detail: code }));
    });
  });
}

/** Can this machine reach an address at all? The answer is one word on standard output. */
export function localReach(clock: Clock): LocalReach {
  return {
    connect: async (host, port, timeoutMs, signal) => {
      const outcome = await connectTcp({ host, port, timeoutMs }, clock, signal);
      if (outcome.ok) {
        outcome.value.destroy();
        return value("open\n");
      }
      const { kind, detail } = outcome.problem;
      if (kind === "aborted") return unavailable("timed-out", detail);
      if (kind === "unresolved") return unavailable("unreachable", `the name does not resolve (${detail})`);
      return kind === "failed" ? unavailable("unreachable", detail) : value(`${kind}\n`);
    },
  };
}
