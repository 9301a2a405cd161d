import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { KubeConfig } from "@kubernetes/client-node";

const tls = (name: string): string => readFileSync(new URL(`./tls/${name}`, import.meta.url), "utf8");

export interface HttpsApi {
  readonly url: string;
  readonly port: number;
  /** Paths with their queries, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** A scripted API server behind real TLS on loopback. */
export async function startHttpsApi(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HttpsApi> {
  const asked: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer({ key: tls("server.key"), cert: tls("server.crt") }, (request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  server.on("connection", (socket) => sockets.add(socket.on("error", () => undefined)));
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A kubeconfig for it, with a token; `trust` names the file of the authority it believes. */
export function kubeconfigFor(server: string, trust: "ca.crt" | "other-ca.crt" = "ca.crt"): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: "test", server, caData: Buffer.from(tls(trust)).toString("base64"), skipTLSVerify: false },
    { name: "reader", token: "the-token" },
  );
  return config;
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
