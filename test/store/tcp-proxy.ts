import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A server's address that can go away, fall silent and come back, as a network or a restart makes it. */
export interface TcpProxy {
  readonly port: number;
  /** Nothing listens, and every connection breaks. */
  away(): Promise<void>;
  back(): Promise<void>;
  /** Connections stay, and nothing that is said arrives. */
  silent(): void;
  close(): Promise<void>;
}

/** Starts away: call `back`. */
export async function tcpProxy(host: string, port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let quiet = false;
  let server: Server | undefined;
  const listen = async (at: number): Promise<number> => {
    quiet = false;
    server = createServer((client) => pair(client, connect(port, host), sockets, () => quiet));
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const away = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    if (!closing) return;
    closing.close();
    for (const socket of sockets) socket.destroy();
    await once(closing, "close");
  };
  const own = await listen(0);
  await away();
  return {
    port: own,
    away,
    back: async () => void (await listen(own)),
    silent: () => {
      quiet = true;
    },
    close: away,
  };
}

function pair(client: Socket, upstream: Socket, sockets: Set<Socket>, quiet: () => boolean): void {
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    sockets.add(from);
    from.on("data", (bytes) => void (quiet() || to.write(bytes)));
    // A broken connection is what this is for; the other half breaks with it.
    from.on("error", () => to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
  }
}
