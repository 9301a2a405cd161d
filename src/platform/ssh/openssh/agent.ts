import { createServer, type Socket } from "node:net";
import ssh2, { type ParsedKey } from "ssh2";

export interface KeyAgent {
  readonly socket: string;
  readonly close: () => Promise<void>;
}

/**
 * An SSH agent that holds one key and listens in a private folder: how `ssh` is given a key that is locked by a
 * passphrase, or that is in no file, without writing it anywhere.
 */
export async function keyAgent(socket: string, key: ParsedKey): Promise<KeyAgent> {
  const open = new Set<Socket>();
  const server = createServer((connection) => {
    open.add(connection);
    connection.on("error", () => undefined); // ssh hung up
    connection.on("close", () => open.delete(connection));
    const protocol = new ssh2.AgentProtocol(false);
    protocol.on("error", () => connection.destroy());
    protocol.on("identities", (request) => protocol.getIdentitiesReply(request, [key]));
    protocol.on("sign", (request, wanted, data, { hash }) => {
      const signature = wanted.getPublicSSH().equals(key.getPublicSSH()) ? key.sign(data, hash) : null;
      if (Buffer.isBuffer(signature)) protocol.signReply(request, signature);
      else protocol.failureReply(request);
    });
    connection.pipe(protocol).pipe(connection);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  const close = (): Promise<void> => {
    for (const connection of open) connection.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { socket, close };
}
