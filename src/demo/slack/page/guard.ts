import type { IncomingMessage } from "node:http";

/**
 * The page acts for whoever opens it, so only pages of this very origin may use it: a foreign site that guesses the
 * port, or points its own name at loopback, gets nothing.
 */
export function isOwn(request: IncomingMessage, origin: string): boolean {
  const { port } = new URL(origin);
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(request.headers.host ?? "")) return false;
  if (request.method !== "POST") return true;
  const from = request.headers.origin;
  return from !== undefined && hosts.some((host) => from === `http://${host}`);
}
