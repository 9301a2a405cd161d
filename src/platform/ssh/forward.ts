import type { Duplex } from "node:stream";
import type { Client } from "ssh2";
import type { Clock } from "../../collect/ports.ts";
import { type Unavailable, unavailable } from "../../evidence/evidence.ts";
import { messageOf } from "../../shared/errors.ts";
import { failed, ok, type Result } from "../../shared/result.ts";

export interface FarEnd {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** A stream to a host behind the bastion. Never rejects. */
export function forward(bastion: Client, far: FarEnd, clock: Clock): Promise<Result<Duplex, Unavailable>> {
  const { host, port, timeoutMs } = far;
  return new Promise((resolve) => {
    const settle = (outcome: Result<Duplex, Unavailable>): void => {
      cancel();
      resolve(outcome);
    };
    const late = unavailable("timed-out", `the bastion did not reach ${host} port ${port} within ${timeoutMs} ms`);
    const cancel = clock.after(timeoutMs, () => settle(failed(late)));
    try {
      bastion.forwardOut("127.0.0.1", 0, host, port, (error, stream) =>
        settle(error === undefined ? ok(stream) : failed(notForwarded(error, far))),
      );
    } catch (thrown) {
      settle(failed(notForwarded(thrown, far))); // ssh2 throws "Not connected" at once
    }
  });
}

/** sshd's reasons (RFC 4254, 5.1): 1 is policy, 2 that the far end did not take the connection. */
export function notForwarded(thrown: unknown, { host, port }: FarEnd): Unavailable {
  const message = messageOf(thrown);
  const detail = `through the bastion to ${host} port ${port}: ${message}`;
  const policy = thrown instanceof Error && "reason" in thrown && thrown.reason === 1;
  if (policy) return unavailable("forbidden", detail, "set AllowTcpForwarding yes on the bastion");
  if (/timed out/i.test(message)) return unavailable("timed-out", detail);
  return unavailable(/refused/i.test(message) ? "refused" : "unreachable", detail);
}
