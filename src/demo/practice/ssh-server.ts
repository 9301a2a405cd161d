import { timingSafeEqual } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createServer, type Server as TcpServer } from "node:net";
import ssh2, { type AuthContext, type Connection, type ParsedKey, type ServerChannel, type Session } from "ssh2";
import type { Clock } from "../../collect/ports.ts";
import { sentLine } from "./command-words.ts";
import { newKeyPair, readKey } from "./keys.ts";
import type { Played } from "./ssh-answer.ts";

/** Somebody who may log in. */
export interface Login {
  readonly user: string;
  /** Their one key, as a line of authorized_keys. */
  readonly clientKey: string;
  readonly play: (argv: readonly string[]) => Played;
}

export interface SshServerOptions {
  readonly logins: readonly Login[];
  /** For commands that hang until the node's own `timeout` ends them. */
  readonly clock: Pick<Clock, "after">;
}

export interface SshServer {
  readonly port: number;
  /** As known_hosts has it: type and key. */
  readonly hostKey: string;
  readonly close: () => Promise<void>;
}

/** One node's sshd on loopback, with a host key of its own; it runs nothing, it only answers. */
export async function startSshServer(options: SshServerOptions): Promise<SshServer> {
  const { privateKey, publicLine } = newKeyPair();
  const logins = options.logins.map((login) => ({ ...login, key: readKey(login.clientKey) }));
  const ssh = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => serve(connection, logins, options.clock));
  // ssh2 leaves Nagle on, which costs 40 ms per command; its own listener does not let us switch it off.
  const tcp = createServer({ noDelay: true }, (socket) => ssh.injectSocket(socket));
  const sockets = new Set<{ destroy: () => void }>();
  tcp.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    return closed(tcp);
  };
  return { port: (tcp.address() as AddressInfo).port, hostKey: publicLine, close };
}

function closed(server: TcpServer): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()));
}

type Known = Login & { readonly key: ParsedKey };
type Timer = SshServerOptions["clock"];

function serve(connection: Connection, logins: readonly Known[], clock: Timer): void {
  const processes = newProcesses();
  let who: Known | undefined;
  connection.on("error", () => undefined); // a client that goes away is not our trouble
  connection.on("authentication", (context) => {
    who = logins.find(({ user, key }) => user === context.username && provesKey(context, key));
    if (who === undefined) context.reject(["publickey"]);
    else context.accept();
  });
  connection.on("session", (accept) => who && takeCommands(accept(), processes, who.play, clock));
}

function provesKey(context: AuthContext, allowed: ParsedKey): boolean {
  if (context.method !== "publickey") return false;
  const known = allowed.getPublicSSH();
  if (context.key.data.length !== known.length || !timingSafeEqual(context.key.data, known)) return false;
  // Without a signature the client only asks whether the key would do.
  if (context.signature === undefined || context.blob === undefined) return true;
  return allowed.verify(context.blob, context.signature, context.hashAlgo) === true;
}

/** What runs until it is killed, by process id. */
interface Processes {
  readonly start: () => number;
  readonly onKill: (pid: number, stop: () => void) => void;
  readonly kill: (pid: number) => void;
}

function newProcesses(): Processes {
  const running = new Map<number, () => void>();
  let last = 1_000;
  return {
    start: () => ++last,
    onKill: (pid, stop) => void running.set(pid, stop),
    kill: (pid) => {
      running.get(pid)?.();
      running.delete(pid);
    },
  };
}

function takeCommands(session: Session, processes: Processes, play: Login["play"], clock: Timer): void {
  session.on("exec", (accept, reject, { command }) => {
    const sent = sentLine(command);
    if (sent === null) return reject();
    const channel = accept();
    const pid = processes.start();
    channel.on("error", () => undefined);
    channel.write(`${sent.marker} ${pid}\n`);
    if (sent.kind === "kill") processes.kill(sent.pid);
    const outcome = sent.kind === "run" ? play(sent.argv) : nothing;
    if (outcome.kind === "ends") return end(channel, outcome);
    const seconds = sent.kind === "run" ? sent.seconds : null;
    processes.onKill(pid, hang(session, channel, seconds, clock));
  });
}

const nothing: Played = { kind: "ends", stdout: "", stderr: "", exitCode: 0 };

function end(channel: ServerChannel, { stdout, stderr, exitCode }: Extract<Played, { kind: "ends" }>): void {
  if (stderr !== "") channel.stderr.write(stderr);
  if (stdout !== "") channel.write(stdout);
  channel.exit(exitCode);
  channel.end();
}

/** Runs until `timeout` ends it, which exits 124, or a signal does, or the returned function. */
function hang(session: Session, channel: ServerChannel, seconds: number | null, clock: Timer): () => void {
  let ended = false;
  const stop = (exit: () => void): void => {
    if (ended) return;
    ended = true;
    cancel();
    exit();
    channel.end();
  };
  const cancel = seconds === null ? () => undefined : clock.after(seconds * 1000, () => stop(() => channel.exit(124)));
  const kill = (): void => stop(() => channel.exit("KILL"));
  session.on("signal", kill);
  channel.on("close", cancel);
  return kill;
}
