import { createServer, type Socket } from "node:net";
import type { ParsedKey } from "ssh2";
import { signatureOf, sshString } from "./signature.ts";

export interface KeyAgent {
  readonly socket: string;
  readonly close: () => Promise<void>;
}

/** draft-miller-ssh-agent, numbers of messages. */
const failure = Buffer.from([5]);
const requestIdentities = 11;
const identitiesAnswer = 12;
const signRequest = 13;
const signResponse = 14;

const longestMessage = 256 * 1024;

/**
 * An SSH agent that holds one key and listens in a private folder: how `ssh` is given a key that is locked by a
 * passphrase, or that is in no file, without writing it anywhere. (ssh2's own agent loses its place in the stream
 * at a message it does not know, and OpenSSH begins with one.)
 */
export async function keyAgent(socket: string, key: ParsedKey): Promise<KeyAgent> {
  const open = new Set<Socket>();
  const server = createServer((connection) => {
    open.add(connection);
    connection.on("error", () => undefined); // ssh hung up
    connection.on("close", () => open.delete(connection));
    serve(connection, key);
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

function serve(connection: Socket, key: ParsedKey): void {
  let held: Buffer = Buffer.alloc(0);
  connection.on("data", (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 4) {
      const length = held.readUInt32BE();
      if (length > longestMessage) return void connection.destroy();
      if (held.length < 4 + length) return;
      connection.write(sshString(answerTo(held.subarray(4, 4 + length), key)));
      held = held.subarray(4 + length);
    }
  });
}

/** The answer to one message; anything but the two questions that we know is declined. */
export function answerTo(message: Buffer, key: ParsedKey): Buffer {
  const publicKey = key.getPublicSSH();
  if (message[0] === requestIdentities) {
    const one = Buffer.from([identitiesAnswer, 0, 0, 0, 1]);
    return Buffer.concat([one, sshString(publicKey), sshString("")]);
  }
  const asked = message[0] === signRequest ? questionIn(message.subarray(1)) : null;
  if (asked === null || !asked.key.equals(publicKey)) return failure;
  const signature = signatureOf(key, asked.data, asked.flags);
  return signature === null ? failure : Buffer.concat([Buffer.from([signResponse]), sshString(signature)]);
}

interface Question {
  readonly key: Buffer;
  readonly data: Buffer;
  readonly flags: number;
}

function questionIn(body: Buffer): Question | null {
  const [key, rest] = firstString(body);
  const [data, flags] = firstString(rest);
  return key === null || data === null || flags.length < 4 ? null : { key, data, flags: flags.readUInt32BE() };
}

function firstString(bytes: Buffer): readonly [Buffer | null, Buffer] {
  const length = bytes.length >= 4 ? bytes.readUInt32BE() : Number.POSITIVE_INFINITY;
  if (bytes.length < 4 + length) return [null, Buffer.alloc(0)];
  return [bytes.subarray(4, 4 + length), bytes.subarray(4 + length)];
}
