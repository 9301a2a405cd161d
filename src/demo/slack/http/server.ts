import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../../../shared/errors.ts";
import type { SocketMode } from "../deliver/socket-mode.ts";
import type { World } from "../state/world.ts";
import { type Exchange, serveApi, serveFile, serveResponseUrl, serveUpload } from "./api-route.ts";
import { replyText } from "./reply.ts";

/** Answers what is neither API nor upload; false where it does not know the path. */
export type PageRoute = (exchange: Exchange) => Promise<boolean>;

export interface StandinServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const noPage: PageRoute = async () => false;

/** Listens on loopback only. `port` 0 takes any free one. */
export async function startServer(
  world: World,
  socketMode: SocketMode,
  port: number,
  page: PageRoute = noPage,
): Promise<StandinServer> {
  const extra = new Map([["apps.connections.open", socketMode.connectionsOpen]]);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", world.origin());
    const exchange = { world, url, request, response };
    route(exchange, extra, page).catch((thrown) => {
      if (!response.headersSent) replyText(response, 500, messageOf(thrown));
    });
  });
  server.on("upgrade", (request, socket, head) => {
    if (!socketMode.upgrade(request, socket, head)) socket.destroy();
  });
  await listen(server, port);
  return { port: (server.address() as AddressInfo).port, close: () => close(server, socketMode) };
}

async function route(exchange: Exchange, extra: Parameters<typeof serveApi>[1], page: PageRoute): Promise<void> {
  const { pathname } = exchange.url;
  if (pathname.startsWith("/api/")) return serveApi(exchange, extra);
  if (pathname.startsWith("/response/")) return serveResponseUrl(exchange);
  if (pathname.startsWith("/upload/v1/")) return serveUpload(exchange);
  if (pathname.startsWith("/files/")) return serveFile(exchange);
  if (!(await page(exchange))) replyText(exchange.response, 404, "not found");
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function close(server: Server, socketMode: SocketMode): Promise<void> {
  await socketMode.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
