import { checkServerIdentity, connect, type DetailedPeerCertificate, type PeerCertificate } from "node:tls";
import type { Clock } from "../../collect/ports.ts";

/** A serving certificate is this node's if it names its address or its name. */
export function identityOf(certificate: PeerCertificate, names: readonly string[]): Error | undefined {
  const problems = names.map((name) => checkServerIdentity(name, certificate));
  return problems.includes(undefined) ? undefined : problems[0];
}

const connectMs = 1_500;

/** What is shown there, to compare by hand. Nothing is sent; null: nothing came. */
export function fingerprintAt(
  host: string,
  port: number,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false });
    const settle = (shown: string | null): void => {
      cancel();
      signal?.removeEventListener("abort", abort);
      socket.destroy();
      resolve(shown);
    };
    const abort = (): void => settle(null);
    const cancel = clock.after(connectMs, abort);
    signal?.addEventListener("abort", abort, { once: true });
    socket.on("error", abort);
    socket.once("secureConnect", () => settle(shownBy(socket.getPeerCertificate(true))));
    if (signal?.aborted) abort();
  });
}

function shownBy({ fingerprint256, issuer }: DetailedPeerCertificate): string | null {
  const by = [issuer?.CN].flat()[0];
  return fingerprint256 === undefined
    ? null
    : `SHA-256 ${fingerprint256}${by ? `, issued by ${by.slice(0, 100)}` : ""}`;
}
