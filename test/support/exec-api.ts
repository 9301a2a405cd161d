import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

const tls = (name: string): string => readFileSync(new URL(`./tls/${name}`, import.meta.url), "utf8");

export interface ExecApi {
  readonly url: string;
  /** Every exec's words, in order. */
  readonly ran: readonly (readonly string[])[];
  /** The process groups that were started. */
  readonly groups: readonly number[];
  readonly close: () => Promise<void>;
}

export interface ExecScript {
  /** Everything that is no exec. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** Words in front that enter the node; they are dropped here, for this machine is the node. */
  readonly enters: readonly string[];
  /** Instead of running anything: what the upgrade meets. */
  readonly upgrade?: (socket: Duplex) => void;
  /** Instead of running anything: what the socket says. */
  readonly say?: (socket: WebSocket) => void;
}

/**
 * An API server whose exec runs the words as processes of this machine, as a runtime does: each leads a session of its
 * own, its input ends with the socket, and a Status tells how it ended.
 */
export async function startExecApi(script: ExecScript): Promise<ExecApi> {
  const ran: string[][] = [];
  const groups: number[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer({ key: tls("server.key"), cert: tls("server.crt") }, script.answer);
  const upgrades = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  server.on("connection", (socket) => sockets.add(socket.on("error", () => undefined)));
  server.on("tlsClientError", () => undefined);
  server.on("upgrade", (request, socket, head) => {
    const words = new URL(request.url ?? "", "https://x").searchParams.getAll("command");
    ran.push(words);
    if (script.upgrade) return script.upgrade(socket);
    upgrades.handleUpgrade(request, socket, head, (client) => {
      if (script.say) return script.say(client);
      const entered = script.enters.every((word, at) => words[at] === word);
      if (!entered) return failure(client, `the words do not begin with ${script.enters.join(" ")}`);
      const child = run(words.slice(script.enters.length));
      if (child.pid !== undefined) groups.push(child.pid);
      connect(client, child);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ran,
    groups,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const run = ([program = "", ...words]: readonly string[]): ChildProcess => spawn(program, words, { detached: true });

function connect(client: WebSocket, child: ChildProcess): void {
  const pass = (channel: number) => (chunk: Buffer) => client.send(Buffer.concat([Buffer.from([channel]), chunk]));
  child.stdin?.on("error", () => undefined);
  child.stdout?.on("data", pass(1));
  child.stderr?.on("data", pass(2));
  child.on("error", (error) => failure(client, error.message));
  child.on("exit", () => child.stdin?.end());
  child.on("close", (code) => {
    if (code === 0) return status(client, { status: "Success" });
    const causes = [{ reason: "ExitCode", message: String(code ?? 137) }];
    status(client, { status: "Failure", reason: "NonZeroExitCode", message: "terminated", details: { causes } });
  });
  client.on("close", () => child.stdin?.end());
}

function failure(client: WebSocket, message: string): void {
  status(client, { status: "Failure", reason: "InternalError", message });
}

function status(client: WebSocket, said: unknown): void {
  client.send(Buffer.concat([Buffer.from([3]), Buffer.from(JSON.stringify(said))]), () => client.close());
}
